package io.millrace.worker;

import io.millrace.schemas.Grant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Runs the code of parents against a record, in one thread: every wait parks at once. */
final class ChildRuns {
    private ChildRuns() {}

    static Child<String> inner(WorkflowContext ctx) {
        return ctx.child("inner", "in", String.class);
    }

    static List<String> run(Workflow<String, ?> workflow, String record) {
        return run(workflow, Records.grant("w", 1, record));
    }

    static List<String> run(Workflow<String, ?> workflow, Grant grant) {
        try (TestBench bench = TestBench.inOneThread(workflow)) {
            return List.copyOf(bench.run(grant));
        }
    }

    /** Runs code that is handed the bench, so that it can make things happen while it runs. */
    static List<String> runWithBench(BenchCode code, String record) {
        AtomicReference<TestBench> self = new AtomicReference<>();
        try (TestBench bench = TestBench.inOneThread((ctx, in) -> code.run(ctx, self.get()))) {
            self.set(bench);
            return List.copyOf(bench.run(record));
        }
    }

    interface BenchCode {
        Object run(WorkflowContext ctx, TestBench bench) throws Exception;
    }
}
