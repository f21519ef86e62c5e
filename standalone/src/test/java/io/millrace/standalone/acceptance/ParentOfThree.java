package io.millrace.standalone.acceptance;

import io.millrace.worker.Child;
import io.millrace.worker.ChildOptions;
import io.millrace.worker.Workflow;
import io.millrace.worker.WorkflowContext;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts three {@link StayingWorkflow}s as its children on one queue, at the same time, and puts together what they return. */
final class ParentOfThree implements Workflow<String, String> {
    private final ChildOptions children;

    ParentOfThree(String queueOfTheChildren) {
        this.children = ChildOptions.DEFAULT.queue(queueOfTheChildren);
    }

    @Override
    public String run(WorkflowContext ctx, String input) {
        // Started all before the first one is waited for.
        List<Child<String>> started = Stream.generate(
                        () -> ctx.child(StayingWorkflow.TYPE, null, String.class, children))
                .limit(3)
                .toList();
        return started.stream().map(Child::result).collect(Collectors.joining("+"));
    }
}
