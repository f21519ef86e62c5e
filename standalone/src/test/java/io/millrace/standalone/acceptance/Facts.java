package io.millrace.standalone.acceptance;

import io.millrace.schemas.StepCompleted;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowCompleted;

/** What workers report, for tests that report it in a worker's name. */
final class Facts {
    private Facts() {}

    /** A step that has completed without an output. */
    static WorkerFact completedStep(int seq, String name) {
        long now = System.currentTimeMillis();
        WorkerFact fact = new WorkerFact();
        fact.setStepCompleted(new StepCompleted(seq, name, null, null, 1, now, now));
        return fact;
    }

    /** A completion that names more steps than any workflow has: the engine cannot take it, and takes the worker for lost. */
    static WorkerFact completedWithoutSteps() {
        WorkerFact fact = new WorkerFact();
        fact.setWorkflowCompleted(new WorkflowCompleted(null, 1_000));
        return fact;
    }
}
