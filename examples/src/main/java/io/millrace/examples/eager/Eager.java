package io.millrace.examples.eager;

import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.examples.Arguments;
import io.millrace.worker.Worker;
import java.util.Arrays;
import java.util.Locale;

/**
 * A client whose worker is in the same process can start workflows right there: they run when the broker has acknowledged that they are to be, and not
 * when the engine has granted them to somebody. They are as durable as others, and go on elsewhere if this process dies.
 */
public final class Eager {
    private static final String QUEUE = "examples.eager";

    /** Enough for a median that the first, cold ones do not spoil. */
    private static final int STARTS = 60;

    private static final double NANOS_IN_A_MILLI = 1_000_000;

    private Eager() {}

    /** Runs the example. */
    public static void main(String[] args) {
        String servers = Arguments.bootstrapServers(args);
        try (Worker worker = Worker.builder(servers)
                        .kafka(Arguments.kafka())
                        .queue(QUEUE)
                        .workflow(
                                "greet",
                                String.class,
                                (ctx, whom) -> ctx.step("greet", String.class, () -> "good day, " + whom))
                        .build();
                MillraceClient eager = MillraceClient.builder()
                        .kafkaProperties(Arguments.kafka())
                        .eager(worker)
                        .connect(servers);
                MillraceClient usual = MillraceClient.builder()
                        .kafkaProperties(Arguments.kafka())
                        .connect(servers)) {
            worker.start();
            measure("usual", usual);
            measure("eager", eager);
        }
    }

    private static void measure(String how, MillraceClient client) {
        long[] latencies = new long[STARTS];
        for (int n = 0; n < STARTS; n++) {
            long begin = System.nanoTime();
            start(client).result();
            latencies[n] = System.nanoTime() - begin;
        }
        Arrays.sort(latencies);
        double median = latencies[STARTS / 2] / NANOS_IN_A_MILLI;
        System.out.println(String.format(Locale.ROOT, "%s: start to result %.2f ms (median)", how, median));
        WorkflowHandle<String> last = start(client);
        System.out.println(how + ": " + last.result() + ", " + begunBy(last));
    }

    /** Only a generated id can be started eagerly: of any other one somebody has to say whether it is new. */
    private static WorkflowHandle<String> start(MillraceClient client) {
        return client.start(
                "greet", "Ada", String.class, StartOptions.generatedId().queue(QUEUE));
    }

    /** Grants of the engine are numbered from 1. */
    private static String begunBy(WorkflowHandle<String> workflow) {
        boolean granted = workflow.history()
                .filter(event -> event.type().equals("granted"))
                .anyMatch(event -> !event.details().get("number").equals(0L));
        return granted ? "granted by the engine" : "begun by this process";
    }
}
