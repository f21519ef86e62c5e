package io.millrace.standalone.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Holds workflows up in the middle of a step until the test lets them pass, so that "in step 3" is exact and not a matter of time. */
public final class Gates {
    private static final Duration LONGEST_TEST = Duration.ofMinutes(5);

    private final Path directory;

    public Gates(Path directory) {
        this.directory = directory;
    }

    public void open(String workflowId) {
        try {
            Files.createFile(gate(workflowId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it is open, in whichever process. */
    public void pass(String workflowId) {
        await().atMost(LONGEST_TEST).pollInterval(Duration.ofMillis(20)).until(() -> isOpen(workflowId));
    }

    public boolean isOpen(String workflowId) {
        return Files.exists(gate(workflowId));
    }

    private Path gate(String workflowId) {
        return directory.resolve(workflowId + ".open");
    }
}
