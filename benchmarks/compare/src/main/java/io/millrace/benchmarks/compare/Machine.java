package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.figures.Spread;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What all of it ran on.
 *
 * @param cores that Java may use
 * @param processor its model
 * @param memoryGb of the machine
 * @param java version and vendor
 * @param system kernel and distribution
 * @param disk kind of the file system that the data is on
 * @param flushMs median of one flush of 4 kB to it: what durability costs here
 * @param loadBefore load average before anything was started: what else went on
 */
record Machine(
        int cores,
        String processor,
        double memoryGb,
        String java,
        String system,
        String disk,
        double flushMs,
        double loadBefore) {
    private static final int FLUSHES = 51;
    private static final int PAGE = 4_096;
    private static final double KB_PER_GB = 1 << 20;

    /** The one that this runs on. */
    static Machine here(Path data) throws IOException {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                field(Path.of("/proc/cpuinfo"), "model name", "unknown"),
                Double.parseDouble(
                                field(Path.of("/proc/meminfo"), "MemTotal", "0").replaceAll("\\D", ""))
                        / KB_PER_GB,
                System.getProperty("java.vm.name") + " " + Runtime.version() + " (" + System.getProperty("java.vendor")
                        + ")",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + field(Path.of("/etc/os-release"), "PRETTY_NAME", "unknown distribution")
                                .replace("\"", ""),
                Files.getFileStore(data).type(),
                flushMs(data),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%d cores (%s), %.0f GB, %s; %s; data on %s, one flush of 4 kB %.2f ms; load average before %.1f",
                cores,
                processor,
                memoryGb,
                system,
                java,
                disk,
                flushMs,
                loadBefore);
    }

    private static double flushMs(Path data) throws IOException {
        Path file = Files.createTempFile(data, "flush", ".probe");
        double[] millis = new double[FLUSHES];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < FLUSHES; i++) {
                long began = System.nanoTime();
                channel.write(ByteBuffer.allocate(PAGE));
                channel.force(false);
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
        } finally {
            Files.delete(file);
        }
        return Spread.median(millis);
    }

    private static String field(Path file, String name, String otherwise) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.split("[:=]", 2)[1].strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException | RuntimeException e) {
            // Not a Linux: then nobody tells.
            return otherwise;
        }
    }
}
