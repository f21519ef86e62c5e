package io.millrace.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** The largest resident memory of each process, where the system tells (Linux does): asked again and again, as they may be killed. */
final class ResidentMemory {
    private final Map<String, Long> peaks = new ConcurrentHashMap<>();

    /** Looks at a process; a name may have several processes one after the other. */
    void look(String name, long pid) {
        peakBytes(pid).ifPresent(bytes -> peaks.merge(name, bytes, Math::max));
    }

    /** The peaks so far, in bytes, by name. */
    Map<String, Long> peaks() {
        Map<String, Long> sorted = new LinkedHashMap<>();
        peaks.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(peak -> sorted.put(peak.getKey(), peak.getValue()));
        return sorted;
    }

    private static OptionalLong peakBytes(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            return Files.exists(status) ? peakBytes(Files.readAllLines(status)) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty(); // it has ended in this moment
        }
    }

    /** The line VmHWM ("high water mark"), or where a kernel has none, what is resident now. */
    static OptionalLong peakBytes(List<String> status) {
        OptionalLong peak = kilobytes(status, "VmHWM:");
        OptionalLong found = peak.isPresent() ? peak : kilobytes(status, "VmRSS:");
        return found.isPresent() ? OptionalLong.of(found.getAsLong() << 10) : found;
    }

    private static OptionalLong kilobytes(List<String> status, String field) {
        return status.stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst();
    }
}
