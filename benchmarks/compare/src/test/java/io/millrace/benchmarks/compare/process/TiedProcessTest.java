package io.millrace.benchmarks.compare.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.benchmarks.process.JavaProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TiedProcessTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    /** Says who it is, and would stay for an hour; an interrupt or a hang-up does not end it. */
    private static final List<String> STAYS = List.of("/bin/sh", "-c", "trap '' INT HUP; echo pid $$; exec sleep 3600");

    @TempDir
    Path parent = Path.of("");

    @Test
    void shouldEndTheProcessAndDeleteItsFilesWhenTheWorkspaceIsClosed() throws Exception {
        long pid;
        Path directory;
        try (Workspace workspace = Workspace.create(parent)) {
            directory = workspace.directory();
            pid = pid(workspace.start("sleeper", "KILL", Map.of(), STAYS));
            assertTrue(ProcessHandle.of(pid).isPresent());
            workspace.requireAlive();
        }
        await().atMost(LONG).until(() -> ProcessHandle.of(pid).isEmpty());
        assertFalse(Files.exists(directory));
    }

    @Test
    void shouldEndTheProcessWhenTheOneThatStartedItIsKilled() throws Exception {
        // Another Java starts it, and is killed.
        try (Workspace workspace = Workspace.create(parent)) {
            TiedProcess starter = workspace.start(
                    "starter",
                    JavaProgram.ours(
                            List.of(),
                            List.of(
                                    Starter.class.getName(),
                                    workspace.directory().toString())));
            long child = pid(starter);
            assertTrue(ProcessHandle.of(child).isPresent());
            workspace.end(starter);
            await().atMost(LONG).until(() -> ProcessHandle.of(child).isEmpty());
        }
    }

    @Test
    void shouldSayThatAProcessHasEndedByItself() throws Exception {
        try (Workspace workspace = Workspace.create(parent)) {
            TiedProcess brief =
                    workspace.start("brief", "KILL", Map.of(), List.of("/bin/sh", "-c", "echo one; exit 3"));
            assertEquals("one", brief.await(Optional::of, LONG));
            String message = assertThrows(IllegalStateException.class, () -> brief.await(Optional::of, LONG))
                    .getMessage();
            assertTrue(message.startsWith("the brief has ended by itself: see "), message);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThrows(IllegalStateException.class, workspace::requireAlive));
            assertEquals("one\n", Files.readString(workspace.directory().resolve("brief.log")));
        }
    }

    @Test
    void shouldPassEnvironmentAndArguments() throws Exception {
        try (Workspace workspace = Workspace.create(parent)) {
            TiedProcess echo = workspace.start(
                    "echo",
                    "KILL",
                    Map.of("GREETING", "good day"),
                    List.of("/bin/sh", "-c", "echo \"$GREETING, $1\"", "sh", "a  b"));
            assertEquals("good day, a  b", echo.await(Optional::of, LONG));
        }
    }

    private static long pid(TiedProcess process) throws InterruptedException {
        return process.await(
                line -> line.startsWith("pid ") ? Optional.of(Long.parseLong(line.substring(4))) : Optional.empty(),
                LONG);
    }

    /** Starts the one that stays, says its id, and waits to be killed. */
    static final class Starter {
        private Starter() {}

        public static void main(String[] args) throws Exception {
            Workspace inner = Workspace.create(Path.of(args[0]));
            System.out.println("pid " + pid(inner.start("inner", "KILL", Map.of(), STAYS)));
            new CountDownLatch(1).await();
        }
    }
}
