package io.millrace.examples.children;

import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.examples.Arguments;
import io.millrace.examples.RunId;
import io.millrace.payload.TypeRef;
import io.millrace.worker.Child;
import io.millrace.worker.ChildWorkflowException;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkflowContext;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Adds up the sales of all shops: one child per shop, all at the same time. A shop whose books are lost fails its own child, and the
 * report goes on without it.
 */
public final class Children {
    private static final String QUEUE = "examples.children";

    private Children() {}

    /** Runs the example. */
    public static void main(String[] args) {
        String servers = Arguments.bootstrapServers(args);
        try (Worker worker = Worker.builder(servers)
                        .kafka(Arguments.kafka())
                        .queue(QUEUE)
                        .workflow("sales report", new TypeRef<List<String>>() {}, Children::report)
                        .workflow("sales of a shop", String.class, Children::salesOf)
                        .build();
                MillraceClient client = MillraceClient.builder()
                        .kafkaProperties(Arguments.kafka())
                        .connect(servers)) {
            worker.start();
            WorkflowHandle<Integer> report = client.start(
                    "sales report",
                    List.of("Porto", "Braga", "Atlantis", "Faro"),
                    Integer.class,
                    StartOptions.workflowId(RunId.of("report")).queue(QUEUE));
            System.out.println("all shops together: " + report.result());
        }
    }

    private static Integer report(WorkflowContext ctx, List<String> shops) {
        // Started all before the first one is waited for.
        List<Child<Integer>> children = new ArrayList<>();
        for (String shop : shops) {
            children.add(ctx.child("sales of a shop", shop, Integer.class));
        }
        int total = 0;
        for (Child<Integer> child : children) {
            total += resultOf(child).orElse(0);
        }
        return total;
    }

    private static OptionalInt resultOf(Child<Integer> child) {
        try {
            return OptionalInt.of(child.result());
        } catch (ChildWorkflowException e) {
            System.out.println(
                    "without " + child.workflowId() + ", which is " + e.status() + ": " + e.failureMessage());
            return OptionalInt.empty();
        }
    }

    private static Integer salesOf(WorkflowContext ctx, String shop) {
        if (shop.equals("Atlantis")) {
            throw new IllegalArgumentException("the books of " + shop + " are under water");
        }
        return ctx.step("read the books", Integer.class, () -> {
            int sales = 100 * shop.length();
            System.out.println(shop + " has sold " + sales);
            return sales;
        });
    }
}
