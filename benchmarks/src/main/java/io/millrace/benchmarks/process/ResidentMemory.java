package io.millrace.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** The largest resident memory of each process, where the system tells (Linux does): asked again and again, as they may be killed. */
public final class ResidentMemory {
    private final Map<String, Long> peaks = new ConcurrentHashMap<>();

    /** Looks at a process; a name may have several processes one after the other. */
    public void look(String name, long pid) {
        peakBytes(pid).ifPresent(bytes -> peaks.merge(name, bytes, Math::max));
    }

    /** The peaks so far, in bytes, by name. */
    public Map<String, Long> peaks() {
        Map<String, Long> sorted = new LinkedHashMap<>();
        peaks.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(peak -> sorted.put(peak.getKey(), peak.getValue()));
        return sorted;
    }

    /** The peak of a process up to now; empty where it has ended, or the system does not tell. */
    public static OptionalLong peakBytes(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            return Files.exists(status) ? peakBytes(Files.readAllLines(status)) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty(); // it has ended in this moment
        }
    }

    /** The line VmHWM ("high water mark"), or where a kernel has none, what is resident now. */
    static OptionalLong peakBytes(List<String> status) {
        OptionalLong peak = ProcessStatus.number(status, "VmHWM:");
        OptionalLong found = peak.isPresent() ? peak : ProcessStatus.number(status, "VmRSS:");
        return found.isPresent() ? OptionalLong.of(found.getAsLong() << 10) : found;
    }
}
