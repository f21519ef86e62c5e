package io.millrace.examples.control;

import io.millrace.client.CommandOptions;
import io.millrace.client.FromStep;
import io.millrace.client.HistoryEvent;
import io.millrace.client.MillraceClient;
import io.millrace.client.ResumeOptions;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowFailedException;
import io.millrace.client.WorkflowHandle;
import io.millrace.examples.Arguments;
import io.millrace.examples.RunId;
import io.millrace.worker.RetryPolicy;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkflowContext;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A bread is paused while it is kneaded, and goes on; it fails because the oven is cold, and is resumed at that step; and when it is done it is
 * rewound, to be baked once more. Who wanted what, and why, is in its history.
 */
public final class Control {
    private static final String QUEUE = "examples.control";

    /** The step runs, so there is something to pause. */
    private static final CountDownLatch KNEADING = new CountDownLatch(1);

    /** Until the workflow is paused, the step does not end. */
    private static final CountDownLatch KNEADED = new CountDownLatch(1);

    private static final AtomicBoolean OVEN_IS_HOT = new AtomicBoolean();

    private Control() {}

    /** Runs the example. */
    public static void main(String[] args) throws InterruptedException {
        String servers = Arguments.bootstrapServers(args);
        try (Worker worker = Worker.builder(servers)
                        .kafka(Arguments.kafka())
                        .queue(QUEUE)
                        .workflow("bake a bread", String.class, Control::bake)
                        .build();
                MillraceClient client = MillraceClient.builder()
                        .kafkaProperties(Arguments.kafka())
                        .issuer("the baker")
                        .connect(servers)) {
            worker.start();
            String id = RunId.of("bread");
            client.start(
                    "bake a bread",
                    "rye",
                    String.class,
                    StartOptions.workflowId(id).queue(QUEUE));
            pauseAndGoOn(client.workflow(id, String.class));
            resumeWhatFailed(client.workflow(id, String.class));
            // What a server does for its users: a client for each of them, over the same connection.
            rewindWhatIsDone(client.actingFor("a customer").workflow(id, String.class));
            client.history(id)
                    .filter(event -> event.details().containsKey("issuer"))
                    .forEach(Control::print);
        }
    }

    private static void pauseAndGoOn(WorkflowHandle<String> bread) throws InterruptedException {
        KNEADING.await();
        System.out.println("after pause: "
                + bread.pause(CommandOptions.because("the fire brigade is here"))
                        .status());
        // What runs goes on to its end and is on record; the next step does not begin.
        KNEADED.countDown();
        bread.unpause(CommandOptions.because("it was only smoke"));
    }

    private static void resumeWhatFailed(WorkflowHandle<String> bread) {
        try {
            System.out.println("not expected: " + bread.result());
        } catch (WorkflowFailedException e) {
            System.out.println("after the first attempt: " + e.status());
        }
        OVEN_IS_HOT.set(true);
        bread.resume(ResumeOptions.because("the oven is hot now"));
        System.out.println("after resume: " + bread.result());
    }

    private static void rewindWhatIsDone(WorkflowHandle<String> bread) {
        bread.rewind(FromStep.named("bake"), CommandOptions.because("the crust is too pale"));
        System.out.println("after rewind: " + bread.result());
    }

    private static String bake(WorkflowContext ctx, String grain) {
        ctx.step("knead", () -> {
            System.out.println("kneads the " + grain);
            KNEADING.countDown();
            KNEADED.await();
        });
        return ctx.step("bake", String.class, RetryPolicy.NONE, () -> {
            if (!OVEN_IS_HOT.get()) {
                throw new IllegalStateException("the oven is cold");
            }
            System.out.println("bakes the " + grain);
            return "a bread of " + grain;
        });
    }

    private static void print(HistoryEvent event) {
        System.out.println("on record: " + event.type() + " by "
                + event.details().get("issuer") + ", because "
                + event.details().getOrDefault("reason", "of nothing in particular"));
    }
}
