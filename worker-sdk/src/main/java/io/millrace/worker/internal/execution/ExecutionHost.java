package io.millrace.worker.internal.execution;

import io.millrace.worker.WorkerObserver;

/** What an execution asks of its worker. */
interface ExecutionHost {
    /** Whether the execution may do something that the outside sees. */
    Permission permission();

    WorkerEnvironment environment();

    Payloads payloads();

    ExecutionTraces traces();

    /** Who is told what is done. */
    WorkerObserver observer();

    /** It is not run here any more. Called once. */
    void ended(Execution execution, Ending ending);

    /** An answer to {@link #permission}. */
    enum Permission {
        GRANTED,
        /** The worker closes: running steps may end, and none may start. */
        CLOSING,
        /** The lease has lapsed: everything is to be abandoned. */
        LAPSED
    }

    /** How an execution ended here. */
    enum Ending {
        COMPLETED,
        FAILED,
        CANCELLED,
        PARKED,
        RELEASED,
        ABANDONED
    }
}
