package io.millrace.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Namespace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DevServerTest {
    private static final Path DATA = Path.of("data");

    private final FakeParts parts = new FakeParts();
    private final PartStack running = new PartStack();

    @Test
    void shouldStartInOrderAndStopInTheOppositeOne() throws Exception {
        DevServer.start(options(7070, true), parts, running);
        running.close();
        assertEquals(
                List.of(
                        "engine on demo with 4 partitions",
                        "API at http://localhost:7070",
                        "sample worker",
                        "sample worker stopped",
                        "API stopped",
                        "engine stopped"),
                parts.events());
    }

    @Test
    void shouldLeaveOutTheSampleWorker() throws Exception {
        DevServer.start(options(7070, false), parts, running);
        assertFalse(parts.events().contains("sample worker"));
    }

    @Test
    void shouldShowACommandThatReachesThisServer() throws Exception {
        DevOptions options = options(7171, true);
        String banner = Banner.of(
                DevServer.start(options, parts, running), options, DATA.resolve("dev.log"), Duration.ofMillis(3_210));
        assertTrue(banner.contains("(3.2 s)"), banner);
        assertTrue(banner.contains("Console http://localhost:7171\n"), banner);
        assertTrue(banner.contains("localhost:9 (external), topics demo.*"), banner);
        assertTrue(
                banner.contains("./millrace workflow start demo.checkout --wait --server http://localhost:7171"),
                banner);
    }

    private static DevOptions options(int port, boolean sampleWorker) {
        return new DevOptions(port, 0, DATA, "localhost:9", new Namespace("demo"), sampleWorker, Map.of());
    }
}
