package io.millrace.engine.machine;

import static io.millrace.engine.testing.Samples.attemptFailed;
import static io.millrace.engine.testing.Samples.bytes;
import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.eagerlyStarted;
import static io.millrace.engine.testing.Samples.event;
import static io.millrace.engine.testing.Samples.failed;
import static io.millrace.engine.testing.Samples.failure;
import static io.millrace.engine.testing.Samples.parked;
import static io.millrace.engine.testing.Samples.released;
import static io.millrace.engine.testing.Samples.sleepStarted;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static io.millrace.engine.testing.Samples.stepFailed;
import static io.millrace.engine.testing.Samples.valueRecorded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.schemas.Failure;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Payload;
import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkerLost;
import io.millrace.schemas.WorkflowCompleted;
import io.millrace.schemas.WorkflowStatus;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepMachineTest {
    @Test
    void shouldTakeFactsInOrder() {
        assertTaken(Given.running(), valueRecorded(0, 0), stepCompleted(1), valueRecorded(1, 0), completed(1));
        assertTaken(Given.running(), stepFailed(1, failure("no")), failed(1));
        assertTaken(Given.running(), attemptFailed(1, 1, Given.NOW), parked(1, Given.NOW));
        assertTaken(Given.running(), sleepStarted(1, Given.NOW), parked(1, Given.NOW));
        assertTaken(Given.running(), stepCompleted(2), stepCompleted(1), completed(2));
        assertTaken(Given.running(), released());
    }

    @Test
    void shouldPassOverWhatIsOnRecord() {
        Given given = Given.running()
                .and(stepCompleted(1), stepCompleted(3), sleepStarted(4, Given.NOW), attemptFailed(5, 2, Given.NOW))
                .and(valueRecorded(1, 1));
        for (WorkerFact repeated : List.of(
                stepCompleted(1),
                stepCompleted(3),
                attemptFailed(3, 7, Given.NOW),
                sleepStarted(1, Given.NOW),
                sleepStarted(4, Given.NOW + 1),
                attemptFailed(5, 1, Given.NOW),
                attemptFailed(5, 2, Given.NOW),
                valueRecorded(0, 5),
                valueRecorded(1, 0),
                valueRecorded(1, 1))) {
            assertEquals(Decision.NOTHING, given.when(reported(repeated)), repeated.toString());
        }
        assertTaken(given, attemptFailed(5, 3, Given.NOW), stepCompleted(2), valueRecorded(1, 2), valueRecorded(2, 0));
    }

    @Test
    void shouldNotLookAtWhatComesBehindTheEnd() {
        Decision decision = Given.running().when(reported(completed(0), stepCompleted(1)));
        assertEquals(new Decision(List.of(Facts.of(completed(0))), List.of()), decision);
    }

    @Test
    void shouldSendBackWhatDoesNotFit() {
        assertSentBack("it completes with 2 steps; 1 are on record", stepCompleted(1), completed(2));
        assertSentBack("it completes with 2 steps; 1 are on record", stepCompleted(2), completed(2));
        assertSentBack("it parks at step 2, which does not wait", stepCompleted(1), parked(2, Given.NOW));
        assertSentBack("it parks until -1; times are counted from 1970", sleepStarted(1, Given.NOW), parked(1, -1));
        assertSentBack("it reports step 0; steps are numbered from 1 to 100000", stepCompleted(0));
        assertSentBack("it reports step -1; steps are numbered from 1 to 100000", sleepStarted(-1, 0));
        assertSentBack("it reports step 100001; steps are numbered from 1 to 100000", attemptFailed(100_001, 1, 0));
        assertSentBack(
                "it reports no fact that this engine knows; is the engine older than the worker?", new WorkerFact());
        assertSentBack(
                "it reports no fact that this engine knows; is the engine older than the worker?",
                eagerlyStarted(demo()),
                eagerlyStarted(demo()));
    }

    @Test
    void shouldSendBackAStepThatIsOfAnotherKindOnRecord() {
        assertSentBack(
                "it reports step 1 as a STEP; on record is a SLEEP",
                sleepStarted(1, Given.NOW),
                attemptFailed(1, 1, Given.NOW));
        assertSentBack(
                "it reports step 1 as a SLEEP; on record is a STEP",
                attemptFailed(1, 1, Given.NOW),
                sleepStarted(1, Given.NOW));
    }

    @Test
    void shouldSendBackAFactOfTwoKinds() {
        WorkerFact both = stepCompleted(1);
        both.setWorkflowCompleted(new WorkflowCompleted(null, 99));
        assertSentBack("it reports 2 facts in one", both);
    }

    @Test
    void shouldSendBackWhatWouldNotFitARecord() {
        assertSentBack(
                "the output of step 1 has 491521 bytes; the limit is 491520",
                stepCompleted(1, bytes(Limits.MAX_PAYLOAD_BYTES + 1)));
        assertSentBack(
                "the codec of the output of step 1 has 257 characters; the limit is 256",
                stepCompleted(1, new Payload("x".repeat(257), bytes(1).getData())));
        WorkerFact output = completed(0);
        output.getWorkflowCompleted().setOutput(bytes(Limits.MAX_PAYLOAD_BYTES + 1));
        assertSentBack("the output has 491521 bytes; the limit is 491520", output);
        WorkerFact name = sleepStarted(1, 0);
        name.getSleepStarted().setName("n".repeat(257));
        assertSentBack("the name of step 1 has 257 characters; the limit is 256", name);
        WorkerFact value = valueRecorded(0, 0);
        value.setValueRecorded(new RecordedValue(0, 0, "uuid", "v".repeat(257)));
        assertSentBack("the recorded value has 257 characters; the limit is 256", value);
    }

    @Test
    void shouldSendBackAFailureThatWouldNotFitARecord() {
        assertSentBack(
                "the message of the failure has 8193 characters; the limit is 8192",
                stepFailed(1, failure("m".repeat(8_193))));
        assertSentBack(
                "the type of the failure has 8193 characters; the limit is 8192",
                stepFailed(1, new Failure("t".repeat(8_193), "", null)));
        WorkerFact thrown = failed(0);
        thrown.getWorkflowFailed().setFailure(new Failure("t", "m", "s".repeat(8_193)));
        assertSentBack("the stack trace of the failure has 8193 characters; the limit is 8192", thrown);
        WorkerFact attempt = attemptFailed(1, 1, 0);
        attempt.getStepAttemptFailed().setFailure(failure("m".repeat(8_193)));
        assertSentBack("the message of the failure has 8193 characters; the limit is 8192", attempt);
    }

    @Test
    void shouldBoundTheStepsThatWaitAtOnce() {
        WorkerFact[] sleeps = new WorkerFact[StepMachine.MAX_WAITING_STEPS];
        Arrays.setAll(sleeps, i -> sleepStarted(i + 1, Given.NOW));
        Given given = Given.running().and(sleeps);
        String objection = "500 of its steps wait already, and that is the limit";
        assertEquals(sentBack(objection), given.when(reported(sleepStarted(501, Given.NOW))));
        assertEquals(sentBack(objection), given.when(reported(attemptFailed(501, 1, Given.NOW))));
        // What ends makes room.
        assertTaken(given, stepCompleted(1), sleepStarted(501, Given.NOW), parked(501, Given.NOW));
    }

    @Test
    void shouldTakeAllOrNothing() {
        Decision decision = Given.running().when(reported(stepCompleted(1), stepCompleted(0)));
        assertNull(decision.facts().get(0).getStepCompleted());
        Given after = Given.running().then(reported(stepCompleted(1), stepCompleted(0)));
        assertEquals(0, after.workflow().getState().getStepCount());
        assertEquals(WorkflowStatus.RUNNING, after.workflow().getState().getStatus());
    }

    private static void assertTaken(Given given, WorkerFact... facts) {
        List<HistoryFact> expected = Arrays.stream(facts).map(Facts::of).toList();
        assertEquals(new Decision(expected, List.of()), given.when(reported(facts)));
    }

    private static void assertSentBack(String reason, WorkerFact... facts) {
        if (facts[0].getEagerlyStarted() != null) {
            Decision decision = Given.nothing().when(reported(facts));
            assertEquals(
                    Facts.of(new WorkerLost("w1", 1L, 1, reason)),
                    decision.facts().get(2));
        } else {
            assertEquals(sentBack(reason), Given.running().when(reported(facts)));
        }
    }

    private static Decision sentBack(String reason) {
        return new Decision(
                List.of(Facts.of(new WorkerLost("w1", 1L, 1, reason))),
                List.of(Message.revoke("w1", Given.ID, 1, reason)));
    }

    private static Input reported(WorkerFact... facts) {
        return new Input.EventReceived(event("w1", 1, facts), 9, Given.NOW);
    }
}
