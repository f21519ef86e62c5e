package io.millrace.testkit;

/** Unwinds the code that was running in a worker when the test killed it: no statement behind may run in a dead process. */
final class WorkerKilledError extends Error {
    private static final long serialVersionUID = 1L;

    WorkerKilledError() {
        super("the test has crashed the worker");
    }
}
