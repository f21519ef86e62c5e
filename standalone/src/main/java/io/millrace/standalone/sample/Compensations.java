package io.millrace.standalone.sample;

import io.millrace.worker.StepCode;
import io.millrace.worker.WorkflowContext;
import java.util.ArrayDeque;
import java.util.Deque;

/** How to undo what a workflow has done so far, each as a step of its own, the last one first. */
final class Compensations {
    private record Compensation(String stepName, StepCode.Action action) {}

    private final WorkflowContext ctx;
    private final Deque<Compensation> undo = new ArrayDeque<>();

    Compensations(WorkflowContext ctx) {
        this.ctx = ctx;
    }

    void add(String stepName, StepCode.Action action) {
        undo.push(new Compensation(stepName, action));
    }

    void run() {
        undo.forEach(compensation -> ctx.step(compensation.stepName(), compensation.action()));
    }
}
