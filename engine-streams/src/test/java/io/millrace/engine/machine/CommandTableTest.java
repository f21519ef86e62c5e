package io.millrace.engine.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.machine.CommandTable.Outcome;
import io.millrace.schemas.WorkflowStatus;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is promised of each command in each status, in the words of those who send commands. */
class CommandTableTest {
    private static final String OPEN = "DELAYED ENQUEUED RUNNING PAUSED CANCELLING";
    private static final String CLOSED = "COMPLETED FAILED CANCELLED TERMINATED TIMED_OUT RETRIES_EXHAUSTED";

    @Test
    void shouldKnowEveryStatusButThatOfANewerEngine() {
        List<String> known = List.of((OPEN + " " + CLOSED).split(" "));
        for (WorkflowStatus status : WorkflowStatus.values()) {
            assertEquals(status != WorkflowStatus.UNKNOWN, known.contains(status.name()), status.name());
            assertEquals(List.of(OPEN.split(" ")).contains(status.name()), Statuses.isOpen(status), status.name());
        }
    }

    @Test
    void shouldCancelWhatIsOpen() {
        expect(CommandKind.CANCEL, "DELAYED ENQUEUED", Outcome.STOP);
        expect(CommandKind.CANCEL, "RUNNING", Outcome.ASK);
        expect(CommandKind.CANCEL, "PAUSED", Outcome.AS_BEFORE);
        expect(CommandKind.CANCEL, "CANCELLING CANCELLED", Outcome.SAME);
        expect(CommandKind.CANCEL, "COMPLETED FAILED TERMINATED TIMED_OUT RETRIES_EXHAUSTED", Outcome.NO);
    }

    @Test
    void shouldTerminateWhatIsOpen() {
        expect(CommandKind.TERMINATE, OPEN, Outcome.KILL);
        expect(CommandKind.TERMINATE, CLOSED, Outcome.NO);
    }

    @Test
    void shouldPauseWhatIsNotPausedAndUnpauseWhatIs() {
        expect(CommandKind.PAUSE, "DELAYED ENQUEUED RUNNING", Outcome.PAUSE);
        expect(CommandKind.PAUSE, "PAUSED CANCELLING " + CLOSED, Outcome.NO);
        expect(CommandKind.UNPAUSE, "PAUSED", Outcome.UNPAUSE);
        expect(CommandKind.UNPAUSE, "DELAYED ENQUEUED RUNNING CANCELLING " + CLOSED, Outcome.NO);
    }

    @Test
    void shouldResumeEveryClosedOneButACompletedOne() {
        expect(CommandKind.RESUME, "DELAYED ENQUEUED", Outcome.HURRY);
        expect(CommandKind.RESUME, "RUNNING", Outcome.SAME);
        expect(CommandKind.RESUME, "PAUSED CANCELLING COMPLETED", Outcome.NO);
        expect(CommandKind.RESUME, "FAILED CANCELLED TERMINATED TIMED_OUT RETRIES_EXHAUSTED", Outcome.REOPEN);
    }

    @Test
    void shouldRewindEveryClosedOne() {
        expect(CommandKind.REWIND, CLOSED, Outcome.REOPEN);
        expect(CommandKind.REWIND, OPEN, Outcome.NO);
    }

    @Test
    void shouldForkEveryOne() {
        expect(CommandKind.FORK, OPEN + " " + CLOSED, Outcome.COPY);
    }

    @Test
    void shouldTakeMessagesForWhatIsOpen() {
        expect(CommandKind.SEND_MESSAGE, OPEN, Outcome.TAKE);
        expect(CommandKind.SEND_MESSAGE, CLOSED, Outcome.NO);
    }

    @Test
    void shouldGiveWhatWaitsAnotherPlace() {
        expect(CommandKind.SET_PRIORITY, "DELAYED ENQUEUED", Outcome.RANK);
        expect(CommandKind.MOVE_TO_QUEUE, "DELAYED ENQUEUED", Outcome.MOVE);
        for (CommandKind command : List.of(CommandKind.SET_PRIORITY, CommandKind.MOVE_TO_QUEUE)) {
            expect(command, "PAUSED", Outcome.AS_BEFORE);
            expect(command, "RUNNING CANCELLING " + CLOSED, Outcome.NO);
        }
    }

    @Test
    void shouldRefuseEverythingInAStatusThatItDoesNotKnow() {
        for (CommandKind command : commands()) {
            assertEquals(Outcome.NO, CommandTable.of(command, WorkflowStatus.UNKNOWN));
        }
    }

    @Test
    void shouldNotBeAskedAboutStartsAndQueues() {
        for (CommandKind command : List.of(CommandKind.START, CommandKind.SET_QUEUE)) {
            assertThrows(IllegalArgumentException.class, () -> CommandTable.of(command, WorkflowStatus.RUNNING));
        }
    }

    /** Each names the status, and says what could be done instead where there is something. */
    @Test
    void shouldRefuseInWords() {
        assertEquals("""
                CANCEL: it has ended already
                    COMPLETED FAILED TERMINATED TIMED_OUT RETRIES_EXHAUSTED
                TERMINATE: it has ended already
                    COMPLETED FAILED CANCELLED TERMINATED TIMED_OUT RETRIES_EXHAUSTED
                PAUSE: only one that is DELAYED, ENQUEUED or RUNNING can be paused
                    PAUSED CANCELLING COMPLETED FAILED CANCELLED TERMINATED TIMED_OUT RETRIES_EXHAUSTED
                UNPAUSE: only one that is PAUSED can be unpaused
                    DELAYED ENQUEUED RUNNING CANCELLING COMPLETED FAILED CANCELLED TERMINATED TIMED_OUT RETRIES_EXHAUSTED
                RESUME: unpause it
                    PAUSED
                RESUME: it can be resumed when it is CANCELLED
                    CANCELLING
                RESUME: there is nothing to resume; fork it, or rewind it
                    COMPLETED
                REWIND: only a closed one can be rewound; fork it
                    DELAYED ENQUEUED RUNNING PAUSED CANCELLING
                SEND_MESSAGE: nobody would receive the message
                    COMPLETED FAILED CANCELLED TERMINATED TIMED_OUT RETRIES_EXHAUSTED
                SET_PRIORITY: only what waits in its queue can be given another priority
                    RUNNING CANCELLING COMPLETED FAILED CANCELLED TERMINATED TIMED_OUT RETRIES_EXHAUSTED
                MOVE_TO_QUEUE: only what waits in its queue can be moved to another one
                    RUNNING CANCELLING COMPLETED FAILED CANCELLED TERMINATED TIMED_OUT RETRIES_EXHAUSTED
                """, refusals());
    }

    private static String refusals() {
        Map<String, String> refusals = new LinkedHashMap<>();
        for (CommandKind command : commands()) {
            for (String status : (OPEN + " " + CLOSED).split(" ")) {
                WorkflowStatus name = WorkflowStatus.valueOf(status);
                if (CommandTable.of(command, name) == Outcome.NO) {
                    String refusal = CommandTable.refusal(command, name);
                    String start = "the workflow is " + status + ": ";
                    assertTrue(refusal.startsWith(start), refusal);
                    refusals.merge(
                            command + ": " + refusal.substring(start.length()),
                            status,
                            (some, one) -> some + " " + one);
                }
            }
        }
        return refusals.entrySet().stream()
                .map(refusal -> refusal.getKey() + "\n    " + refusal.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private static List<CommandKind> commands() {
        return Arrays.stream(CommandKind.values())
                .filter(kind -> kind != CommandKind.START && kind != CommandKind.SET_QUEUE)
                .toList();
    }

    private static void expect(CommandKind command, String statuses, Outcome outcome) {
        for (String status : statuses.split(" ")) {
            assertEquals(outcome, CommandTable.of(command, WorkflowStatus.valueOf(status)), command + " " + status);
        }
    }
}
