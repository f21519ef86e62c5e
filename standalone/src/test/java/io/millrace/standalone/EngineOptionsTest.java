package io.millrace.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.engine.machine.Retention;
import io.millrace.schemas.Namespace;
import io.millrace.standalone.Parts.Capacity;
import io.millrace.standalone.Parts.EngineSettings;
import io.millrace.standalone.Parts.NewTopics;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class EngineOptionsTest {
    private static final Cluster CLUSTER = new Cluster("localhost:9", new Namespace("demo"), Map.of());

    @Test
    void shouldHandOnWhatTheUserSays() {
        EngineSettings settings = parse(
                "--instance-id=blue",
                "--partitions=12",
                "--replication-factor=2",
                "--standby-replicas=1",
                "--stream-threads=3",
                "--retention=PT12H");
        assertEquals("blue", settings.instanceId());
        assertEquals(new NewTopics(12, 2), settings.newTopics());
        assertEquals(new Capacity(1, 3), settings.capacity());
        assertEquals(Retention.of(Duration.ofHours(12)), settings.retention());
        assertEquals(Retention.FOREVER, parse("--retention=none").retention());
    }

    @Test
    void shouldSayHowARetentionIsWritten() {
        Exception refused = assertThrows(CommandLine.ParameterException.class, () -> parse("--retention=30d"));
        assertEquals(
                "Invalid value for option '--retention': the retention must be an ISO 8601 duration such as P30D or"
                        + " PT12H, or \"none\", not \"30d\"",
                refused.getMessage());
    }

    @Test
    void shouldBeNamedAfterItsHostUnlessItIsGivenAName() {
        EngineSettings settings = parse();
        assertFalse(settings.instanceId().isBlank());
        assertEquals(parse().instanceId(), settings.instanceId());
        assertEquals(new NewTopics(4, 3), settings.newTopics());
        assertEquals(Capacity.SINGLE, settings.capacity());
        assertEquals(Retention.of(Duration.ofDays(30)), settings.retention());
    }

    private static EngineSettings parse(String... arguments) {
        return CommandLine.populateCommand(new EngineOptions(), arguments).settings(CLUSTER);
    }
}
