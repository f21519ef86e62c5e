package io.millrace.engine.machine;

import static io.millrace.engine.testing.Reports.heartbeat;
import static io.millrace.engine.testing.Reports.stepCancelled;
import static io.millrace.engine.testing.Reports.valueSet;
import static io.millrace.engine.testing.Samples.attemptFailed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.failure;
import static io.millrace.engine.testing.Samples.json;
import static io.millrace.engine.testing.Samples.sleepStarted;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static io.millrace.engine.testing.Samples.stepFailed;
import static io.millrace.engine.testing.Samples.valueRecorded;
import static io.millrace.engine.testing.Samples.workflowStarted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.engine.testing.Samples;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WaitElapsed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalTest {
    static {
        Samples.ready();
    }

    private final Journal journal = new Journal();

    @Test
    void shouldKnowTheInput() {
        add(Facts.of(workflowStarted("c", demo(), 1L)));
        assertEquals(demo().getInput(), journal.input());
    }

    @Test
    void shouldShowStepsInTheOrderOfTheirPositions() {
        add(Facts.of(stepCompleted(3)), Facts.of(stepCompleted(1)), Facts.of(sleepStarted(2, 70)));
        assertEquals(
                List.of(1, 2, 3),
                journal.steps().stream().map(RecordedStep::getSeq).toList());
    }

    @Test
    void shouldKeepTheLastErrorOfAStepThatSucceededInTheEnd() {
        add(Facts.of(attemptFailed(1, 1, 70)), Facts.of(attemptFailed(1, 2, 80)));
        RecordedStep retrying = RecordedStep.newBuilder()
                .setSeq(1)
                .setName("step-1")
                .setKind(StepKind.STEP)
                .setStatus(StepStatus.RETRYING)
                .setFailure(failure("no luck"))
                .setAttempts(2)
                .setStartedAtMs(1L)
                .setDueAtMs(80L)
                .build();
        assertEquals(List.of(retrying), journal.steps());

        var third = stepCompleted(1);
        third.getStepCompleted().setAttempt(3);
        add(Facts.of(third));
        RecordedStep completed = RecordedStep.newBuilder(retrying)
                .setStatus(StepStatus.COMPLETED)
                .setAttempts(3)
                .setOutput(json("1"))
                .setCompletedAtMs(2L)
                .setDueAtMs(null)
                .build();
        assertEquals(List.of(completed), journal.steps());
    }

    @Test
    void shouldShowAStepThatFailedForGood() {
        add(Facts.of(stepFailed(1, failure("broken"))));
        assertEquals(StepStatus.FAILED, journal.steps().get(0).getStatus());
        assertEquals(failure("broken"), journal.steps().get(0).getFailure());
    }

    @Test
    void shouldEndASleepWithItsWaitAndARetryWithItsStep() {
        add(Facts.of(sleepStarted(1, 70)), Facts.of(attemptFailed(2, 1, 70)));
        add(Facts.of(new WaitElapsed(1)), Facts.of(new WaitElapsed(2)), Facts.of(new WaitElapsed(9)));
        RecordedStep slept = journal.steps().get(0);
        assertEquals(StepStatus.COMPLETED, slept.getStatus());
        assertEquals(500, slept.getCompletedAtMs());
        assertEquals(StepStatus.RETRYING, journal.steps().get(1).getStatus());
    }

    @Test
    void shouldKnowASleepThatTheWorkerWaitedForItself() {
        add(Facts.of(sleepStarted(1, 70)), Facts.of(stepCompleted(1)));
        assertEquals(StepKind.SLEEP, journal.steps().get(0).getKind());
        assertEquals(StepStatus.COMPLETED, journal.steps().get(0).getStatus());
    }

    @Test
    void shouldHandTheDetailsOfAHeartbeatToTheNextAttempt() {
        add(Facts.of(heartbeat(1, 1, "half")));
        RecordedStep alive = journal.steps().get(0);
        assertEquals(StepStatus.RETRYING, alive.getStatus());
        assertEquals(0, alive.getAttempts(), "the attempt that is under way has not failed");
        assertNull(alive.getDueAtMs());
        assertEquals(json("\"half\""), alive.getHeartbeatDetails());

        add(Facts.of(attemptFailed(1, 1, 70)), Facts.of(heartbeat(1, 2, "more")));
        assertEquals(1, journal.steps().get(0).getAttempts());
        assertEquals(json("\"more\""), journal.steps().get(0).getHeartbeatDetails());

        add(Facts.of(stepCompleted(1)), Facts.of(heartbeat(1, 2, "late")));
        assertEquals(StepStatus.COMPLETED, journal.steps().get(0).getStatus());
        assertNull(journal.steps().get(0).getHeartbeatDetails());
    }

    @Test
    void shouldShowAStepThatTheCancelEnded() {
        var interrupted = stepCancelled(2);
        interrupted.getStepCancelled().setFailure(failure("interrupted"));
        add(Facts.of(sleepStarted(1, 70)), Facts.of(stepCancelled(1, StepKind.SLEEP)), Facts.of(interrupted));
        assertEquals(StepKind.SLEEP, journal.steps().get(0).getKind());
        assertEquals(StepStatus.CANCELLED, journal.steps().get(0).getStatus());
        assertNull(journal.steps().get(0).getDueAtMs());
        assertEquals(failure("interrupted"), journal.steps().get(1).getFailure());
    }

    @Test
    void shouldShowTheValueThatWasSetLast() {
        assertEquals(Optional.empty(), journal.lastValue("k"));
        add(Facts.of(valueSet(1, "k", "old")), Facts.of(valueSet(2, "other", "x")), Facts.of(valueSet(3, "k", "new")));
        assertEquals(json("\"new\""), journal.lastValue("k").orElseThrow().getOutput());
        assertEquals(StepKind.SET_VALUE, journal.steps().get(0).getKind());
    }

    @Test
    void shouldKeepValuesInOrder() {
        add(Facts.of(valueRecorded(0, 0)), Facts.of(valueRecorded(0, 1)), Facts.of(valueRecorded(2, 0)));
        assertEquals(
                List.of("value-0-0", "value-0-1", "value-2-0"),
                journal.values().stream().map(value -> value.getValue()).toList());
    }

    @Test
    void shouldRefuseAFactThatItDoesNotKnow() {
        assertThrows(IllegalArgumentException.class, () -> add(new HistoryFact()));
    }

    private void add(HistoryFact... facts) {
        journal.add(new HistoryEntry(1L, 500L, List.of(facts)));
    }
}
