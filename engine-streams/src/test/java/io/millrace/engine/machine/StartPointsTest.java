package io.millrace.engine.machine;

import static io.millrace.engine.testing.Commands.at;
import static io.millrace.engine.testing.Commands.cancel;
import static io.millrace.engine.testing.Commands.named;
import static io.millrace.engine.testing.Commands.resume;
import static io.millrace.engine.testing.Commands.step;
import static io.millrace.engine.testing.Reports.cancelled;
import static io.millrace.engine.testing.Reports.childStarted;
import static io.millrace.engine.testing.Reports.failedBy;
import static io.millrace.engine.testing.Reports.surfaced;
import static io.millrace.engine.testing.Reports.toldAt;
import static io.millrace.engine.testing.Samples.attemptFailed;
import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.failed;
import static io.millrace.engine.testing.Samples.failure;
import static io.millrace.engine.testing.Samples.sleepStarted;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static io.millrace.engine.testing.Samples.stepFailed;
import static io.millrace.engine.testing.Samples.valueRecorded;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.engine.testing.Commands;
import io.millrace.engine.testing.Transfers;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StartPoint;
import io.millrace.schemas.StepPoint;
import io.millrace.schemas.WorkflowStatus;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** From which step on a workflow runs again: which one is meant, and what stays on record. */
class StartPointsTest {
    private static final StartPoint LAST_FAILURE = at(StepPoint.LAST_FAILURE);
    private static final StartPoint LAST_STEP = at(StepPoint.LAST_STEP);

    /** Three steps, and then it returned. */
    private static Given threeSteps() {
        return Given.running().and(stepCompleted(1), stepCompleted(2), stepCompleted(3));
    }

    private static Given failedAtThree() {
        return Given.running()
                .and(stepCompleted(1), stepCompleted(2), stepFailed(3, failure("no")))
                .and(failedBy(3, 3, 3));
    }

    @Test
    void shouldFindAStepByItsNumber() {
        Given given = threeSteps();
        assertEquals("1", found(given, step(1)));
        assertEquals("4", found(given, step(4)), "one more than there are");
        String range = "3 steps are on record, so it can be 1 to 4";
        assertEquals("start step 0 is out of range: " + range, found(given, step(0)));
        assertEquals("start step 5 is out of range: " + range, found(given, step(5)));
        assertEquals("start step -7 is out of range: " + range, found(given, step(-7)));
        assertEquals(
                "start step 2147483647 is out of range: 0 steps are on record, so it can be 1 to 1",
                found(Given.enqueued(), step(Integer.MAX_VALUE)));
    }

    @Test
    void shouldFindAStepByItsName() {
        assertEquals("2", found(threeSteps(), named("step-2")));
        assertEquals("no step named \"step-9\" is on record; there are 3 steps", found(threeSteps(), named("step-9")));
        Given twice = threeSteps().and(sleepStarted(4, Given.NOW), childStarted(5, "c"), childStarted(6, "d"));
        assertEquals("2 steps are named \"demo\"; give the number: 5, 6", found(twice, named("demo")));
        assertEquals(
                "no step named \"" + "n".repeat(200) + "... (100000 characters)\" is on record; there are 3 steps",
                found(threeSteps(), named("n".repeat(100_000))));
    }

    @Test
    void shouldNotListEveryStepOfAName() {
        Given given = Given.running();
        for (int seq = 1; seq <= 30; seq++) {
            given = given.and(childStarted(seq, "c" + seq));
        }
        assertEquals(
                "30 steps are named \"demo\"; give the number: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,"
                        + " 17, 18, 19, 20, ...",
                found(given, named("demo")));
    }

    @Test
    void shouldWantExactlyOnePoint() {
        String choice = "give one of the start step, its name, LAST_FAILURE and LAST_STEP; ";
        assertEquals(choice + "there is none", found(threeSteps(), new StartPoint(null, null, null)));
        assertEquals(choice + "there are 2", found(threeSteps(), new StartPoint(1, "step-1", null)));
        assertEquals(
                "the point is none that this engine knows: LAST_FAILURE, LAST_STEP",
                found(threeSteps(), at(StepPoint.UNKNOWN)));
    }

    @Test
    void shouldFindTheLastStep() {
        assertEquals("3", found(threeSteps(), LAST_STEP));
        assertEquals("1", found(Given.enqueued(), LAST_STEP));
    }

    @Test
    void shouldFindTheLastFailure() {
        assertEquals("3", found(failedAtThree(), LAST_FAILURE));
        Given caught = Given.running()
                .and(stepFailed(1, failure("no")), stepCompleted(2), stepCompleted(3))
                .and(failedBy(1, 3, 3));
        assertEquals("1", found(caught, LAST_FAILURE), "the one that the code says ended it");
        Given retrying = Given.running().and(stepFailed(1, failure("no")), attemptFailed(2, 1, Given.NOW));
        assertEquals("2", found(retrying, LAST_FAILURE));
        Given threwItself = threeSteps().and(failed(3));
        assertEquals("4", found(threwItself, LAST_FAILURE), "where no step failed, what had not ended");
        Given notOnRecord = threeSteps().and(failedBy(9, 9, 9));
        assertEquals("4", found(notOnRecord, LAST_FAILURE));
        Given timedOut = Given.running().and(stepCompleted(1), stepCompleted(3), sleepStarted(2, Given.NOW));
        assertEquals("2", found(timedOut.then(new Input.DeadlineReached(Given.NOW)), LAST_FAILURE));
    }

    @Test
    void shouldFindNoFailureWhereThereWasNone() {
        String none = "nothing has failed: the workflow is %s, and no step on record failed";
        assertEquals(none.formatted("RUNNING"), found(threeSteps(), LAST_FAILURE));
        assertEquals(none.formatted("COMPLETED"), found(threeSteps().and(completed(3)), LAST_FAILURE));
    }

    @Test
    void shouldFindNothingBehindThePlaceWhereItWasToldOfTheCancel() {
        Given cleaned = threeSteps()
                .then(cancel("x"))
                .thenOwnerReports(toldAt(4))
                .thenOwnerReports(stepCompleted(5), cancelled(5));
        assertEquals(WorkflowStatus.CANCELLED, cleaned.state().getStatus());
        assertEquals("4", found(cleaned, LAST_FAILURE));
        assertEquals("4", found(cleaned, LAST_STEP));
        assertEquals("4", found(cleaned, step(4)));
        String range = "5 steps are on record, and at step 4 it was told of its cancel, so it can be 1 to 4";
        assertEquals("start step 5 is out of range: " + range, found(cleaned, step(5)));
        assertEquals("start step 5 is out of range: " + range, found(cleaned, named("step-5")));
    }

    @Test
    void shouldResumeFromTheStepThatFailed() {
        assertEquals("1 2, values before 3, from 4", resumed(failedAtThree()));
        Given undone = Given.running()
                .and(stepCompleted(1), stepFailed(2, failure("no")), stepCompleted(3))
                .and(failedBy(2, 2, 3));
        assertEquals("1, values before 2, from 3", resumed(undone), "what it did about the failure is void");
    }

    @Test
    void shouldKeepWhatRanBesideTheStepThatFailed() {
        Given beside = Given.running()
                .and(stepCompleted(1), stepFailed(2, failure("no")), stepCompleted(3), stepCompleted(4))
                .and(failedBy(2, 3, 4));
        assertEquals("1 3, values before 3, from 4", resumed(beside));
    }

    @Test
    void shouldResumeWhereTheCodeThrewItself() {
        assertEquals("1 2 3, values before 4, from 4", resumed(threeSteps().and(failed(3))));
        Given ignorant = Given.running().and(stepCompleted(1), stepFailed(2, failure("no")));
        assertEquals(
                "1, values before 2, from 3", resumed(ignorant.and(failed(2))), "by the last step, if that failed");
        Given caught = Given.running().and(stepFailed(1, failure("no")), stepCompleted(2));
        assertEquals("1 2, values before 3, from 3", resumed(caught.and(failed(2))));
    }

    @Test
    void shouldResumeFromThePlaceWhereItWasToldOfTheCancel() {
        Given given = Given.running().and(stepCompleted(1), stepCompleted(2)).then(cancel("x"));
        Given atCall = given.thenOwnerReports(toldAt(3)).thenOwnerReports(stepCompleted(4), cancelled(4));
        assertEquals("1 2, values before 3, from 4", resumed(atCall));
        Given atWait = given.thenOwnerReports(stepCompleted(3), surfaced(3, 2))
                .thenOwnerReports(stepCompleted(4), cancelled(4));
        assertEquals("1 2 3, values before 3, from 4", resumed(atWait));
        Given failedAfter =
                given.thenOwnerReports(toldAt(3)).thenOwnerReports(stepFailed(4, failure("no")), failedBy(4, 4, 4));
        assertEquals("1 2, values before 3, from 4", resumed(failedAfter), "however it ended then");
    }

    @Test
    void shouldResumeWithAllWhereSomethingElseEndedIt() {
        Given sleeping = Given.running().and(stepCompleted(1), sleepStarted(2, Given.NOW));
        assertEquals("1, values before 3, from 3", resumed(sleeping.terminated()));
        assertEquals("1, values before 3, from 3", resumed(sleeping.then(new Input.DeadlineReached(Given.NOW))));
    }

    @Test
    void shouldDropStoppedChildren() {
        Given given = Given.running()
                .and(childStarted(1, "a"), childStarted(2, "b"), childStarted(3, "c"), stepCompleted(4))
                .then(cancel("x"))
                .then(news("a", 1, WorkflowStatus.COMPLETED))
                .then(news("b", 2, WorkflowStatus.CANCELLED))
                .thenOwnerReports(surfaced(4, 1), cancelled(4))
                .then(news("c", 3, WorkflowStatus.TERMINATED));
        assertEquals(WorkflowStatus.CANCELLED, given.state().getStatus());
        assertEquals("1 4, values before 4, from 5", resumed(given));
    }

    @Test
    void shouldDropValuesThatWereDrawnAfterTheTurn() {
        Given given = Given.running()
                .and(valueRecorded(0, 0), stepCompleted(1), valueRecorded(1, 0))
                .and(stepFailed(2, failure("no")), valueRecorded(2, 0))
                .and(failedBy(2, 2, 2))
                .then(resume("r"));
        assertEquals(
                "value-0-0 value-1-0",
                given.journal().values().stream().map(value -> value.getValue()).collect(Collectors.joining(" ")));
        Given again = given.thenGranted("w1");
        assertEquals(1, again.whenOwnerReports(valueRecorded(2, 0)).facts().size(), "it may be drawn anew");
    }

    private static Input news(String childId, int seq, WorkflowStatus status) {
        return new Input.TransferReceived(Transfers.news(childId, seq, status), 9, Given.NOW);
    }

    private static String found(Given given, StartPoint point) {
        StartPoints.Found found = new StartPoints(given.journal(), given.workflow()).find(point);
        return found.objection() == null ? "" + found.step() : found.objection();
    }

    /** Which steps are on record after a resume, and from where on nothing else is. */
    private static String resumed(Given given) {
        StartPoints.Kept kept = new StartPoints(given.journal(), given.workflow()).resumed();
        String steps = given.then(Commands.resume("r")).journal().steps().stream()
                .map(RecordedStep::getSeq)
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
        return steps + ", values before " + kept.valuesFromStep() + ", from " + kept.fromStep();
    }
}
