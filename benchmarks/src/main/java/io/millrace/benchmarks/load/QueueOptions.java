package io.millrace.benchmarks.load;

import io.millrace.benchmarks.command.Check;
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

    @Option(names = "--rate-limit", paramLabel = "N/T", description = "How many begin in a period, such as 100/1s")
    @Nullable
    String rateLimit;

    @Option(
            names = "--priorities",
            paramLabel = "P",
            description = "Turn priorities on, and give each workflow one: random, or a number")
    @Nullable
    String priorities;

    @Option(
            names = "--partition-keys",
            paramLabel = "K",
            defaultValue = "0",
            description = "Partition the queue, and spread the workflows over so many keys")
    int partitionKeys;

    @Option(names = "--partition-concurrency", paramLabel = "N", description = "How many of one key run at once")
    @Nullable
    Integer partitionConcurrency;

    /** Says what is wrong with them, in words. */
    void check() {
        Check.require(!queue.isBlank(), "--queue must be a name");
        atLeastOne(concurrency, "--concurrency");
        atLeastOne(workerConcurrency, "--worker-concurrency");
        atLeastOne(partitionConcurrency, "--partition-concurrency");
        Check.atLeast(0, partitionKeys, "--partition-keys");
        Check.require(
                partitionConcurrency == null || partitionKeys > 0,
                "--partition-concurrency is of each key: it needs --partition-keys");
        if (rateLimit != null) {
            Check.read("--rate-limit", rateLimit, Rate::parse);
        }
    }

    private static void atLeastOne(@Nullable Integer value, String option) {
        if (value != null) {
            Check.atLeast(1, value, option);
        }
    }

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
            Rate rate = Check.read("--rate-limit", rateLimit, Rate::parse);
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
