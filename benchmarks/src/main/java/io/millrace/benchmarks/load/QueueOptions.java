package io.millrace.benchmarks.load;

import io.millrace.benchmarks.figures.Rate;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.RateLimit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The queue and its settings. */
final class QueueOptions {
    @Option(names = "--queue", paramLabel = "NAME", defaultValue = "load", description = "The queue (default: load)")
    String queue = "";

    @Option(names = "--concurrency", paramLabel = "N", description = "How many run at once, in all workers together")
    @Nullable
    Integer concurrency;

    @Option(names = "--worker-concurrency", paramLabel = "N", description = "How many run at once in one worker")
    @Nullable
    Integer workerConcurrency;

    @Option(names = "--rate-limit", paramLabel = "N/T", description = "How many begin in a period, as 100/1s")
    @Nullable
    String rateLimit;

    @Option(
            names = "--priorities",
            paramLabel = "P",
            description = "Turns priorities on and gives each workflow one: random, or a number")
    @Nullable
    String priorities;

    @Option(
            names = "--partition-keys",
            paramLabel = "K",
            defaultValue = "0",
            description = "Partitions the queue and spreads the workflows over so many keys")
    int partitionKeys;

    @Option(names = "--partition-concurrency", paramLabel = "N", description = "How many of one key run at once")
    @Nullable
    Integer partitionConcurrency;

    /** What the queue is to be declared with. */
    QueueSettings settings() {
        QueueSettings settings = QueueSettings.newBuilder()
                .setQueue(queue)
                .setConcurrency(concurrency)
                .setWorkerConcurrency(workerConcurrency)
                .setPriorityEnabled(priorities != null)
                .setPartitioned(partitionKeys > 0)
                .setPartitionConcurrency(partitionConcurrency)
                .build();
        if (rateLimit != null) {
            Rate rate = Rate.parse(rateLimit);
            settings.setRateLimit(new RateLimit(rate.permits(), rate.period().toMillis()));
        }
        return settings;
    }

    /** The same for a person. */
    String words() {
        List<String> words = new ArrayList<>();
        add(words, "concurrency", concurrency);
        add(words, "worker concurrency", workerConcurrency);
        add(words, "rate limit", rateLimit);
        add(words, "priorities", priorities);
        add(words, "partition keys", partitionKeys == 0 ? null : partitionKeys);
        add(words, "concurrency of a key", partitionConcurrency);
        return String.join(", ", words);
    }

    private static void add(List<String> words, String what, @Nullable Object value) {
        if (value != null) {
            words.add(what + " " + value);
        }
    }
}
