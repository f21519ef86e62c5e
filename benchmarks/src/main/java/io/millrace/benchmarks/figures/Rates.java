package io.millrace.benchmarks.figures;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How fast something went.
 *
 * @param count how many
 * @param seconds in how long
 * @param medianPerSecond of all full seconds, the one in the middle
 * @param tenthsPerSecond the rate of each tenth of them, in their order; fewer when not all were done
 */
public record Rates(long count, double seconds, double medianPerSecond, double[] tenthsPerSecond) {
    public double perSecond() {
        return seconds == 0 ? 0 : count / seconds;
    }

    /** The slowest tenth in percent of the fastest: 100 is flat. */
    public double flatness() {
        double fastest = Arrays.stream(tenthsPerSecond).max().orElse(0);
        return fastest == 0 ? 0 : 100 * Arrays.stream(tenthsPerSecond).min().orElse(0) / fastest;
    }

    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("count", count);
        json.put("seconds", Json.rounded(seconds));
        json.put("perSecond", Json.rounded(perSecond()));
        json.put("medianPerSecond", Json.rounded(medianPerSecond));
        json.put(
                "tenthsPerSecond",
                Arrays.stream(tenthsPerSecond).map(Json::rounded).toArray());
        json.put("slowestToFastestTenthPercent", Json.rounded(flatness()));
        return json;
    }
}
