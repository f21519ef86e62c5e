package io.millrace.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/** What a Java process says of itself when it is asked by {@link JavaProcess#figures}: garbage is collected before. */
public final class ProcessFigures {
    /** Bytes of the heap that are used when garbage has just been collected. */
    public static final String HEAP_BYTES = "heapBytes";

    /** Bytes of classes, compiled code and the like. */
    public static final String NON_HEAP_BYTES = "nonHeapBytes";

    /** Bytes of buffers outside of the heap. */
    public static final String BUFFER_BYTES = "bufferBytes";

    /** Bytes that the stores of an engine hold outside of the heap. */
    public static final String ROCKS_DB_BYTES = "rocksDbBytes";

    /** Begins the line by which a process is asked; the file to write to follows. */
    static final String ASKED = "figures ";

    private static final Map<String, DoubleSupplier> MORE = new ConcurrentHashMap<>();

    private ProcessFigures() {}

    /** This process says this, too. */
    public static void also(String name, DoubleSupplier figure) {
        MORE.put(name, figure);
    }

    /** Those of this process. */
    public static Map<String, Double> here() {
        System.gc();
        var memory = ManagementFactory.getMemoryMXBean();
        Map<String, Double> figures = new TreeMap<>();
        figures.put(HEAP_BYTES, (double) memory.getHeapMemoryUsage().getUsed());
        figures.put(NON_HEAP_BYTES, (double) memory.getNonHeapMemoryUsage().getUsed());
        figures.put(
                BUFFER_BYTES,
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToDouble(BufferPoolMXBean::getMemoryUsed)
                        .sum());
        MORE.forEach((name, figure) -> figures.put(name, figure.getAsDouble()));
        return figures;
    }

    /** Writes those of this process to a file, which is there when it is whole. */
    static void writeTo(Path file) {
        List<String> lines = here().entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toList();
        try {
            Path whole = file.resolveSibling(file.getFileName() + ".new");
            Files.write(whole, lines);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write figures to " + file, e);
        }
    }

    static Map<String, Double> readFrom(Path file) throws IOException {
        Map<String, Double> figures = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            figures.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 1)));
        }
        return figures;
    }
}
