package io.millrace.benchmarks.cluster;

import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** What the stores of an engine hold in memory, by Kafka's own metrics. */
final class RocksDbMemory {
    private static final String GROUP = "stream-state-metrics";

    private RocksDbMemory() {}

    /** In bytes: the memory tables and table readers of each store, and the block cache, which all of them share. */
    static double bytes(Map<MetricName, ? extends Metric> metrics) {
        double own = 0;
        double shared = 0;
        for (Map.Entry<MetricName, ? extends Metric> each : metrics.entrySet()) {
            if (!each.getKey().group().equals(GROUP) || !(each.getValue().metricValue() instanceof Number value)) {
                continue;
            }
            switch (each.getKey().name()) {
                case "size-all-mem-tables", "estimate-table-readers-mem" -> own += value.doubleValue();
                case "block-cache-usage" -> shared = Math.max(shared, value.doubleValue());
                default -> {
                    // Says nothing of memory.
                }
            }
        }
        return own + shared;
    }
}
