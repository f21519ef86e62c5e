package io.millrace.schemas;

import static io.millrace.schemas.Topic.Partitioning.BY_READER;
import static io.millrace.schemas.Topic.Partitioning.BY_WORKFLOW;
import static io.millrace.schemas.Topic.Partitioning.SINGLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicTest {
    @Test
    void shouldHaveANameOfItsOwnThatEveryNamespaceCanPrefix() {
        Namespace longest = new Namespace("n".repeat(100));
        Set<String> names = Arrays.stream(Topic.values()).map(longest::topic).collect(Collectors.toSet());

        assertEquals(Topic.values().length, names.size());
        // Kafka's longest topic name.
        names.forEach(name -> assertTrue(name.length() <= 249, name));
    }

    @Test
    void shouldKeepAllThatIsKeyedByWorkflowTogether() {
        assertEquals(
                Map.of(
                        BY_WORKFLOW,
                                List.of(
                                        Topic.COMMANDS,
                                        Topic.EVENTS,
                                        Topic.TRANSFERS,
                                        Topic.QUERIES,
                                        Topic.STATUS,
                                        Topic.HISTORY),
                        BY_READER, List.of(Topic.INBOX, Topic.REPLIES, Topic.ANSWERS),
                        SINGLE, List.of(Topic.WORKERS, Topic.QUEUES, Topic.DEAD_LETTERS)),
                Arrays.stream(Topic.values()).collect(Collectors.groupingBy(Topic::partitioning)));
    }

    @Test
    void shouldCompactExactlyTheTopicsThatHoldTheLatestOfEachKey() {
        assertEquals(
                List.of(Topic.COMMANDS, Topic.WORKERS, Topic.QUEUES, Topic.STATUS),
                Arrays.stream(Topic.values())
                        .filter(topic -> "compact".equals(topic.settings().get("cleanup.policy")))
                        .toList());
    }

    @Test
    void shouldNotCompactCommandsBeforeTheEngineHadAWeekToReadThem() {
        assertEquals(
                Long.toString(7L * 24 * 60 * 60 * 1000),
                Topic.COMMANDS.settings().get("min.compaction.lag.ms"));
    }

    @Test
    void shouldNotDeleteQueriesByTheirTimeWhichIsAlwaysZero() {
        assertEquals("-1", Topic.QUERIES.settings().get("retention.ms"));
        assertTrue(Topic.QUERIES.settings().containsKey("retention.bytes"));
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void shouldTakeTheProducersTimesAndRecordsUpToTheLimit(Topic topic) {
        assertEquals("CreateTime", topic.settings().get("message.timestamp.type"));
        assertEquals(Integer.toString(Limits.MAX_RECORD_BYTES), topic.settings().get("max.message.bytes"));
    }

    @Test
    void shouldHaveASchemaUnlessItCarriesBytesAsTheyWereReceived() {
        assertEquals(Command.SCHEMA$, Topic.COMMANDS.schema());
        assertThrows(IllegalStateException.class, Topic.DEAD_LETTERS::schema);
    }
}
