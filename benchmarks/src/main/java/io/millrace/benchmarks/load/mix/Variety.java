package io.millrace.benchmarks.load.mix;

import io.millrace.schemas.Start;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What makes the workflows of a load differ where lists of them are measured: by what lists ask for. */
public final class Variety {
    private static final int TYPES = 20;
    private static final int QUEUES = 3;
    private static final int VERSIONS = 5;
    private static final int CUSTOMERS = 1_000;
    private static final int DELAYED = 4;
    private static final long DELAY_MS = Duration.ofDays(1).toMillis();

    private Variety() {}

    /** The workflow type of the workflow of this number. */
    public static String type(int index) {
        return "load.type-" + index % TYPES;
    }

    /** Its queue. */
    public static String queue(int index) {
        return "load-lists-" + index % QUEUES;
    }

    /** Its application version. */
    public static String version(int index) {
        return "1." + index % VERSIONS;
    }

    /** The value of its attribute. */
    public static String customer(int index) {
        return "customer-" + index % CUSTOMERS;
    }

    /** All queues. */
    public static List<String> queues() {
        return IntStream.range(0, QUEUES).mapToObj(Variety::queue).toList();
    }

    /** Gives a start what its number says; each fourth is for tomorrow. */
    public static void apply(int index, Start start) {
        start.setWorkflowType(type(index));
        start.setQueue(queue(index));
        start.setApplicationVersion(version(index));
        start.setAttributes(Map.of("customer", customer(index), "region", "eu"));
        start.setDelayMs(index % DELAYED == 0 ? DELAY_MS : null);
    }
}
