package io.millrace.engine.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** The stream threads of an instance, as the metrics of their consumers show them: those of a thread that has ended are gone. */
public final class StreamThreads {
    private static final String GROUP = "consumer-metrics";
    private static final String SINCE_POLL = "last-poll-seconds-ago";
    private static final String OF_THREAD = "-StreamThread-";
    private static final String MAIN_CONSUMER = "-consumer";
    private static final String RESTORE_CONSUMER = "-restore-consumer";

    private StreamThreads() {}

    /** Reads them off the metrics of a Streams client. */
    public static List<Vitals.StreamThread> of(Map<MetricName, ? extends Metric> metrics) {
        List<Vitals.StreamThread> threads = new ArrayList<>();
        metrics.forEach((name, metric) -> {
            String client = name.tags().getOrDefault("client-id", "");
            boolean isThread = name.name().equals(SINCE_POLL)
                    && name.group().equals(GROUP)
                    && client.contains(OF_THREAD)
                    && client.endsWith(MAIN_CONSUMER)
                    && !client.endsWith(RESTORE_CONSUMER);
            if (isThread && metric.metricValue() instanceof Number seconds) {
                String thread =
                        client.substring(client.indexOf(OF_THREAD) + 1, client.length() - MAIN_CONSUMER.length());
                // -1 where it has not polled yet.
                threads.add(new Vitals.StreamThread(thread, Duration.ofSeconds(Math.max(0, seconds.longValue()))));
            }
        });
        return threads;
    }
}
