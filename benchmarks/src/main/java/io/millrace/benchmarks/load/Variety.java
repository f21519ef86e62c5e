package io.millrace.benchmarks.load;

import io.millrace.schemas.Start;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What makes the workflows of a load differ where lists of them are measured: by what lists ask for. */
final class Variety {
    private static final int TYPES = 20;
    private static final int QUEUES = 3;
    private static final int VERSIONS = 5;
    private static final int CUSTOMERS = 1_000;
    private static final int DELAYED = 4;
    private static final long DELAY_MS = Duration.ofDays(1).toMillis();

    private Variety() {}

    static String type(int index) {
        return "load.type-" + index % TYPES;
    }

    static String queue(int index) {
        return "load-lists-" + index % QUEUES;
    }

    static String version(int index) {
        return "1." + index % VERSIONS;
    }

    static String customer(int index) {
        return "customer-" + index % CUSTOMERS;
    }

    static List<String> queues() {
        return IntStream.range(0, QUEUES).mapToObj(Variety::queue).toList();
    }

    /** Gives a start what its number says; each fourth is for tomorrow. */
    static void apply(int index, Start start) {
        start.setWorkflowType(type(index));
        start.setQueue(queue(index));
        start.setApplicationVersion(version(index));
        start.setAttributes(Map.of("customer", customer(index), "region", "eu"));
        start.setDelayMs(index % DELAYED == 0 ? DELAY_MS : null);
    }
}
