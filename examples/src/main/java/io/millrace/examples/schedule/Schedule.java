package io.millrace.examples.schedule;

import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowDescription;
import io.millrace.client.WorkflowHandle;
import io.millrace.client.WorkflowTimedOutException;
import io.millrace.examples.Arguments;
import io.millrace.examples.RunId;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkflowContext;
import java.time.Duration;

/**
 * A reminder that is to come later, and is asked for twice and comes once; and an essay that is not handed in by its deadline.
 */
public final class Schedule {
    private static final String QUEUE = "examples.schedule";

    private static final Duration DELAY = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private Schedule() {}

    /** Runs the example. */
    public static void main(String[] args) {
        String servers = Arguments.bootstrapServers(args);
        try (Worker worker = Worker.builder(servers)
                        .kafka(Arguments.kafka())
                        .queue(QUEUE)
                        .workflow("reminder", String.class, Schedule::remind)
                        .workflow("essay", String.class, Schedule::write)
                        .build();
                MillraceClient client = MillraceClient.builder()
                        .kafkaProperties(Arguments.kafka())
                        .connect(servers)) {
            worker.start();
            remindLater(client);
            missTheDeadline(client);
        }
    }

    private static void remindLater(MillraceClient client) {
        StartOptions later =
                StartOptions.workflowId(RunId.of("reminder")).queue(QUEUE).delay(DELAY);
        WorkflowHandle<String> reminder = client.start("reminder", "Ada", String.class, later);
        System.out.println("the reminder is " + reminder.status());
        // As by somebody who did not see the answer: the id is what makes it the same.
        WorkflowHandle<String> again = client.start("reminder", "Ada", String.class, later);
        System.out.println(again.existing() ? "asked for again: it is there" : "asked for again: there are two");
        System.out.println(again.result());
        WorkflowDescription described = reminder.describe();
        Duration waited =
                Duration.between(described.createdAt(), described.startedAt().orElseThrow());
        System.out.println("it began " + waited.toMillis() + " ms after it was asked for");
    }

    private static void missTheDeadline(MillraceClient client) {
        StartOptions inTime =
                StartOptions.workflowId(RunId.of("essay")).queue(QUEUE).timeout(TIMEOUT);
        WorkflowHandle<String> essay = client.start("essay", "whales", String.class, inTime);
        try {
            System.out.println("handed in: " + essay.result());
        } catch (WorkflowTimedOutException e) {
            System.out.println("the essay is " + e.status() + " after " + TIMEOUT.toSeconds() + " s");
        }
    }

    private static String remind(WorkflowContext ctx, String whom) {
        ctx.step("ring", () -> System.out.println("rings at " + whom + "'s"));
        return whom + " is reminded";
    }

    /** Waits for a page that nobody sends. */
    private static String write(WorkflowContext ctx, String about) {
        return "an essay on " + about + ", " + ctx.receive("last page", String.class);
    }
}
