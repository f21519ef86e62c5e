package io.millrace.standalone.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much a Java process holds at one moment.
 *
 * @param heapBytes what is alive on its heap, counted after a full collection
 * @param residentBytes what it has of the machine's memory; 0 where the system does not tell
 * @param threads how many threads it has, those of the virtual machine included; 0 where the system does not tell
 */
record ProcessReading(long heapBytes, long residentBytes, int threads) {
    /** Collects the process's garbage. */
    static ProcessReading of(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        long heap = liveHeap(pid);
        return Files.exists(status)
                ? new ProcessReading(heap, number(status, "VmRSS:") << 10, (int) number(status, "Threads:"))
                : new ProcessReading(heap, 0, 0);
    }

    /** The histogram counts what is alive, and its last line is the sum. */
    private static long liveHeap(long pid) throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String total = output.lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("jcmd says: " + output));
        return Long.parseLong(total.trim().split("\\s+")[2]);
    }

    private static long number(Path status, String field) throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return String.format(
                "%.1f MB alive on the heap, %d MB resident, %d threads",
                heapBytes / 1048576.0, residentBytes >> 20, threads);
    }
}
