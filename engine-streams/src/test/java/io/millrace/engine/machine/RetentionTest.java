package io.millrace.engine.machine;

import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.startCommand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.Commands;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Purged;
import io.millrace.schemas.Start;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {
    private static final long KEPT_MS = Given.RETENTION.ms();

    private static List<HistoryFact> at(Given given, long atMs) {
        return given.when(new Input.RetentionOver(atMs)).facts();
    }

    private static List<HistoryFact> purged(long keptMs) {
        return List.of(Facts.of(new Purged(keptMs)));
    }

    private static Given keptFor(long retentionMs) {
        Start start = demo();
        start.setRetentionMs(retentionMs);
        return Given.started(start).terminated();
    }

    @Test
    void shouldCountFromTheEnd() {
        Given closed = Given.enqueued().terminated();
        long closedAtMs = closed.state().getCompletedAtMs();
        assertEquals(List.of(), at(closed, closedAtMs + KEPT_MS - 1));
        assertEquals(purged(KEPT_MS), at(closed, closedAtMs + KEPT_MS));
    }

    @Test
    void shouldKeepWhatIsOpenForEver() {
        assertEquals(List.of(), at(Given.running(), Long.MAX_VALUE));
        assertEquals(List.of(), at(Given.nothing(), Long.MAX_VALUE));
    }

    @Test
    void shouldGoByWhatTheStartSays() {
        Given shorter = keptFor(2_000);
        assertEquals(List.of(), at(shorter, shorter.state().getCompletedAtMs() + 1_999));
        assertEquals(purged(2_000), at(shorter, shorter.state().getCompletedAtMs() + 2_000));
        Given longer = keptFor(60_000);
        assertEquals(List.of(), at(longer, longer.state().getCompletedAtMs() + KEPT_MS));
        assertEquals(purged(60_000), at(longer, longer.state().getCompletedAtMs() + 60_000));
    }

    @Test
    void shouldCountAnewWhenAReopenedOneEndsAgain() {
        Given reopened = Given.enqueued().terminated().then(Commands.resume("again"));
        assertEquals(List.of(), at(reopened, Long.MAX_VALUE));
        Given again = reopened.thenGranted("w1").thenOwnerReports(completed(0));
        assertEquals(List.of(), at(again, again.state().getCompletedAtMs() + KEPT_MS - 1));
        assertEquals(purged(KEPT_MS), at(again, again.state().getCompletedAtMs() + KEPT_MS));
    }

    @Test
    void shouldKeepEverythingWhereTheEngineDoesButForWhatHasItsOwn() {
        WorkflowMachine machine = new WorkflowMachine(1, Retention.FOREVER);
        Input late = new Input.RetentionOver(Long.MAX_VALUE / 2);
        Given closed = Given.enqueued().terminated();
        assertEquals(Decision.NOTHING, machine.decide(Given.ID, closed.workflow(), late));
        assertEquals(
                purged(2_000),
                machine.decide(Given.ID, keptFor(2_000).workflow(), late).facts());
    }

    @ParameterizedTest
    @ValueSource(
            longs = {Long.MIN_VALUE, -1, 0, Limits.MIN_RETENTION_MS - 1, Limits.MAX_RETENTION_MS + 1, Long.MAX_VALUE})
    void shouldRefuseAStartWithARetentionOutOfBounds(long retentionMs) {
        Start start = demo();
        start.setRetentionMs(retentionMs);
        Command command = startCommand("c1", start);
        CommandReply reply = Given.nothing().replyTo(command);
        assertEquals(CommandOutcome.REJECTED, reply.getOutcome());
        assertEquals(
                "the retention is " + retentionMs + " ms; it must be from 1000 to 3153600000000", reply.getReason());
    }

    @Test
    void shouldTakeTheBoundsThemselves() {
        for (long bound : new long[] {Limits.MIN_RETENTION_MS, Limits.MAX_RETENTION_MS}) {
            Start start = demo();
            start.setRetentionMs(bound);
            Given started = Given.nothing().then(startCommand("c1", start));
            assertEquals(bound, Objects.requireNonNull(started.workflow().getRetentionMs()));
            assertEquals(bound, Retention.of(Duration.ofMillis(bound)).ms());
        }
    }

    @ParameterizedTest
    @CsvSource({"P30D,2592000000", "PT1.5S,1500", "PT12H,43200000", "none,9223372036854775807"})
    void shouldReadWhatPeopleWrite(String text, long ms) {
        assertEquals(ms, Retention.parse(text).ms());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30d", "forever", "PT0S", "-P1D", "P36501D", "PT0.999S"})
    void shouldSayWhatIsWrongWithWhatPeopleWrite(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Retention.parse(text))
                .getMessage();
        assertTrue(message.startsWith("the retention must be "), message);
        assertTrue(message.contains("\"none\""), message);
    }

    @Test
    void shouldFindTheCommandsThatHaveAnswersByTheirFacts() {
        String longId = "c".repeat(Limits.MAX_ID_CHARS);
        List<HistoryFact> facts =
                Given.enqueued().terminated().when(Commands.pause(longId)).facts();
        assertEquals(longId, AnsweredCommands.idOf(facts.get(0)));
        assertNull(AnsweredCommands.idOf(
                Given.enqueued().history().get(0).getFacts().get(0)));
    }
}
