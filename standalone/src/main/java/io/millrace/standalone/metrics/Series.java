package io.millrace.standalone.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Makes metrics in one registry, and looks up their series once, so that counting afterwards costs an addition. */
final class Series {
    private final PrometheusRegistry registry;

    Series(PrometheusRegistry registry) {
        this.registry = registry;
    }

    /** Counts events; the name ends with {@code _total}. */
    Counter counter(String name, String help, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    /** Counts events of one kind, which are 0 from the start. */
    CounterDataPoint single(String name, String help) {
        Counter counter = counter(name, help);
        counter.inc(0);
        return counter;
    }

    /** Distributes times; the name ends with {@code _seconds}. */
    Histogram histogram(String name, String help, double[] buckets, String... labels) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .classicOnly()
                .classicUpperBounds(buckets)
                .register(registry);
    }

    /** The series of a counter for each of some constants, all there from the start. */
    static <E extends Enum<E>> Map<E, CounterDataPoint> each(
            Class<E> type, List<E> constants, Function<String, CounterDataPoint> series) {
        Map<E, CounterDataPoint> all = new EnumMap<>(type);
        constants.forEach(constant -> all.put(constant, series.apply(label(constant))));
        return all;
    }

    /** The series of a histogram for each of some constants, all there from the start. */
    static <E extends Enum<E>> Map<E, DistributionDataPoint> eachTimed(
            Class<E> type, List<E> constants, Function<String, DistributionDataPoint> series) {
        Map<E, DistributionDataPoint> all = new EnumMap<>(type);
        constants.forEach(constant -> all.put(constant, series.apply(label(constant))));
        return all;
    }

    /** The value of a label for a constant. */
    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
