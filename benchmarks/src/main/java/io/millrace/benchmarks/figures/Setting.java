package io.millrace.benchmarks.figures;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a run took place: figures of another machine, or of a busy one, are others.
 *
 * @param loadAverage of the machine, in the minute before the run; negative where the system does not tell
 */
public record Setting(String java, int processors, double loadAverage) {
    public static Setting now() {
        return new Setting(
                Runtime.version().toString(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    public String words() {
        return processors + " cores, Java " + java + ", load average before: " + Json.rounded(loadAverage);
    }

    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("java", java);
        json.put("processors", processors);
        json.put("loadAverageBefore", Json.rounded(loadAverage));
        return json;
    }
}
