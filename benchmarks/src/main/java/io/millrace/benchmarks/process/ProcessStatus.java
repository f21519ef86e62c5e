package io.millrace.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the system says of a process, where it tells (Linux does).
 *
 * @param residentBytes memory that it holds now
 * @param threads of any kind
 * @param openFiles files, sockets and the like
 */
public record ProcessStatus(long residentBytes, long threads, long openFiles) {
    private static final Path PROC = Path.of("/proc");

    /** That of a process now; empty where it has ended, or the system does not tell. */
    public static Optional<ProcessStatus> of(long pid) {
        Path process = PROC.resolve(Long.toString(pid));
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            List<String> status = Files.readAllLines(process.resolve("status"));
            return Optional.of(new ProcessStatus(
                    number(status, "VmRSS:").orElse(0) << 10,
                    number(status, "Threads:").orElse(0),
                    files.count()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The number behind a field's name. */
    static OptionalLong number(List<String> status, String field) {
        return status.stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst();
    }
}
