package io.millrace.standalone.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What steps did to the world: each begins by adding a line to a file that all processes share. */
public final class Effects {
    private static final String SEPARATOR = " ";

    /**
     * A step began.
     *
     * @param atMs when, in epoch milliseconds
     * @param pid in which process
     * @param workerId as which worker
     * @param workflowId for which workflow
     * @param seq at which position
     */
    public record Effect(long atMs, long pid, String workerId, String workflowId, int seq) {
        private static Effect parse(String line) {
            String[] parts = line.split(SEPARATOR);
            return new Effect(
                    Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2], parts[3], Integer.parseInt(parts[4]));
        }

        /** For people. */
        String words() {
            return Clock.time(atMs) + " step " + seq + " in worker " + workerId + " (process " + pid + ")";
        }

        private String line() {
            return String.join(SEPARATOR, Long.toString(atMs), Long.toString(pid), workerId, workflowId, seq + "\n");
        }
    }

    private final Path file;

    public Effects(Path directory) {
        this.file = directory.resolve("effects");
    }

    /** One write at the end of the file, so that processes do not get between one another's lines. */
    public void add(String workerId, String workflowId, int seq) throws IOException {
        Effect effect =
                new Effect(System.currentTimeMillis(), ProcessHandle.current().pid(), workerId, workflowId, seq);
        Files.writeString(file, effect.line(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** All so far, in the order in which they were written. */
    List<Effect> all() {
        try {
            String text = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(Effect::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By workflow, those of the workflows that are wanted; the others are not kept. */
    public Map<String, List<Effect>> byWorkflow(Predicate<String> wanted) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(Effect::parse)
                    .filter(effect -> wanted.test(effect.workflowId()))
                    .collect(Collectors.groupingBy(Effect::workflowId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of one workflow. */
    public List<Effect> of(String workflowId) {
        return all().stream()
                .filter(effect -> effect.workflowId().equals(workflowId))
                .toList();
    }

    /** Those of one step. */
    public List<Effect> of(String workflowId, int seq) {
        return of(workflowId).stream().filter(effect -> effect.seq() == seq).toList();
    }

    /** The positions of the steps that one workflow began, in order. */
    List<Integer> steps(String workflowId) {
        return of(workflowId).stream().map(Effect::seq).toList();
    }
}
