package io.millrace.engine.runtime;

import io.millrace.engine.EngineHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/** Judges whether an instance lives, and whether it can be used. */
public final class HealthCheck {
    /** A thread that works polls several times a second, and one that waits for a slow broker comes back within a minute, as Kafka's clients do. */
    static final Duration WEDGED_AFTER = Duration.ofSeconds(90);

    private HealthCheck() {}

    /** The judgement; reasons are in words, for whoever operates the instance. */
    public static EngineHealth of(Vitals vitals) {
        Optional<String> dead = whyNotLive(vitals);
        if (dead.isPresent()) {
            return new EngineHealth(false, false, dead.get());
        }
        List<String> missing = whyNotReady(vitals);
        return missing.isEmpty()
                ? new EngineHealth(true, true, "ready")
                : new EngineHealth(true, false, String.join("; ", missing));
    }

    private static Optional<String> whyNotLive(Vitals vitals) {
        if (vitals.ending() != null) {
            return Optional.of("the engine has ended: " + vitals.ending());
        }
        if (!vitals.watch().running()) {
            return Optional.of("the engine hears nothing of its workers any more: the thread that does has ended");
        }
        boolean atWork =
                vitals.state() == KafkaStreams.State.RUNNING || vitals.state() == KafkaStreams.State.REBALANCING;
        if (atWork && vitals.threads().isEmpty()) {
            return Optional.of("no stream thread is left");
        }
        return vitals.threads().stream()
                .filter(thread -> vitals.state() == KafkaStreams.State.RUNNING && isWedged(thread, vitals.watch()))
                .findFirst()
                .map(thread -> "stream thread " + thread.name() + " has not polled for " + seconds(thread.sincePoll())
                        + ", although the broker answers");
    }

    /**
     * Of a thread that has its partitions: before, it reads their tables without polling, for as long as there are many workflows.
     * While the broker is away a thread may rightly wait for it; a restart would not bring the broker back.
     */
    private static boolean isWedged(Vitals.StreamThread thread, Vitals.Watch watch) {
        return thread.sincePoll().compareTo(WEDGED_AFTER) > 0 && watch.hearing().compareTo(WEDGED_AFTER) > 0;
    }

    private static List<String> whyNotReady(Vitals vitals) {
        List<String> missing = new ArrayList<>();
        if (vitals.watch().silence().compareTo(WorkerWatch.DEAF_AFTER) >= 0) {
            missing.add(
                    "the broker has not answered for " + seconds(vitals.watch().silence()));
        }
        vitals.restoring()
                .forEach((partition, left) -> missing.add(
                        String.format(Locale.ROOT, "partition %d is restored: %,d records left", partition, left)));
        switch (vitals.state()) {
            case RUNNING -> {}
            case CREATED -> missing.add("the engine starts");
            case REBALANCING -> {
                if (missing.isEmpty()) {
                    missing.add("the engine waits for its partitions");
                }
            }
            case PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR -> missing.add("the engine stops");
        }
        return missing;
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
