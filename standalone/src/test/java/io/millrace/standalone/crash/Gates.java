package io.millrace.standalone.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Holds workflows up in the middle of a step until the test lets them pass, so that "in step 3" is exact and not a matter of time. */
final class Gates {
    private static final Duration LONGEST_TEST = Duration.ofMinutes(5);

    private final Path directory;

    Gates(Path directory) {
        this.directory = directory;
    }

    void open(String workflowId) {
        try {
            Files.createFile(gate(workflowId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it is open, in whichever process. */
    void pass(String workflowId) {
        await().atMost(LONGEST_TEST).pollInterval(Duration.ofMillis(20)).until(() -> Files.exists(gate(workflowId)));
    }

    private Path gate(String workflowId) {
        return directory.resolve(workflowId + ".open");
    }
}
