package io.millrace.benchmarks.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProcessTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final List<String> SMALL = List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldBeToldLinesAndSayWhatItHolds() throws Exception {
        JavaProcess echo = start("echo", Echo.class);
        echo.tell("good day");

        await().atMost(LONG).until(() -> log("echo").contains("told: good day"));
        assertTrue(echo.figures().getOrDefault(ProcessFigures.HEAP_BYTES, 0.0) > 0);

        echo.requireAlive();
        JavaProcess.stopAll(List.of(echo));
        String message =
                assertThrows(IllegalStateException.class, echo::requireAlive).getMessage();
        assertTrue(message.startsWith("the echo has ended by itself (exit code "), message);
        assertTrue(message.endsWith("see " + directory.resolve("echo.log")), message);
    }

    @Test
    void shouldEndWithTheProcessThatStartedIt() throws Exception {
        JavaProcess starter = start("starter", Starter.class);
        await().atMost(LONG).until(() -> log("starter").contains("\n"));
        long child = Long.parseLong(log("starter").strip());
        assertTrue(ProcessHandle.of(child).isPresent());

        starter.kill();

        await().atMost(LONG).until(() -> ProcessHandle.of(child).isEmpty());
    }

    @Test
    void shouldDeleteATreeAndTakeOneThatIsNotThereForDeleted() throws Exception {
        Path tree = directory.resolve("tree");
        Files.createDirectories(tree.resolve("a/b"));
        Files.writeString(tree.resolve("a/b/file"), "text");

        FileTree.delete(tree);
        FileTree.delete(tree);

        assertFalse(Files.exists(tree));
    }

    private JavaProcess start(String name, Class<?> program) {
        return JavaProcess.start(name, directory, SMALL, List.of(program.getName(), directory.toString()));
    }

    private String log(String name) throws IOException {
        return Files.readString(directory.resolve(name + ".log"));
    }

    /** Says what it is told. */
    static final class Echo {
        private Echo() {}

        public static void main(String[] args) throws InterruptedException {
            while (true) {
                System.out.println("told: " + TiedToParent.nextLine());
            }
        }
    }

    /** Starts another one, says its id, and waits to be killed. */
    static final class Starter {
        private Starter() {}

        public static void main(String[] args) throws InterruptedException {
            JavaProcess inner = JavaProcess.start("inner", Path.of(args[0]), SMALL, List.of(Echo.class.getName()));
            System.out.println(inner.pid());
            new CountDownLatch(1).await();
        }
    }
}
