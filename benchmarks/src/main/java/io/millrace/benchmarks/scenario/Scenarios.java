package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.command.WrongOptionException;
import java.util.LinkedHashMap;
import java.util.Map;

/** All scenarios, by name. */
final class Scenarios {
    private static final Map<String, Scenario> ALL = new LinkedHashMap<>();

    static {
        ALL.put("step-growth", new StepGrowth());
        ALL.put("recovery", new Recovery());
        ALL.put("sleepers", new Sleepers());
        ALL.put("fork", new ForkFromTheEnd());
        ALL.put("drain", new Drain());
        ALL.put("latency", new Latency());
        ALL.put("throughput", new Throughput());
    }

    private Scenarios() {}

    /** The one of this name. */
    static Scenario named(String name) {
        Scenario found = ALL.get(name);
        if (found == null) {
            throw new WrongOptionException(
                    "there is no scenario \"" + name + "\": there are " + String.join(", ", ALL.keySet()));
        }
        return found;
    }
}
