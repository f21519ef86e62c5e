package io.millrace.engine.topology;

import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.topology.EngineUnderTest.completed;
import static io.millrace.engine.topology.EngineUnderTest.stepCompleted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.observe.EngineObserver;
import io.millrace.engine.observe.GrantKind;
import io.millrace.engine.observe.StepOutcome;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.Failure;
import io.millrace.schemas.GetWorkflow;
import io.millrace.schemas.Parked;
import io.millrace.schemas.Query;
import io.millrace.schemas.Released;
import io.millrace.schemas.SleepStarted;
import io.millrace.schemas.StepAttemptFailed;
import io.millrace.schemas.Terminate;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an observer is told of some lives of workflows. */
class ObserverTopologyTest {
    private final Notes notes = new Notes();
    private final EngineUnderTest engine = new EngineUnderTest(notes);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldTellOfAWorkflowThatRunsAtOnce() {
        engine.workerTakes("w1", 1);
        engine.start("a", demo());
        engine.report("a", "w1", 1, stepCompleted(1, "1"), completed(1));

        assertEquals(
                List.of(
                        "demo started",
                        "START after 0",
                        "start ACCEPTED",
                        "step COMPLETED in 1",
                        "demo COMPLETED in 0"),
                notes.told);
        assertEquals(List.of(Topic.EVENTS, Topic.COMMANDS, Topic.EVENTS), notes.taken);
    }

    @Test
    void shouldTellHowLongItWaitedForAWorker() {
        engine.start("a", demo());
        engine.advance(Duration.ofSeconds(7));
        engine.workerTakes("w1", 1);

        assertTrue(notes.told.contains("START after 7000"), notes.told.toString());
    }

    @Test
    void shouldTellOfARetryAWaitAndItsEnd() {
        engine.workerTakes("w1", 2);
        engine.start("a", demo());
        long now = EngineUnderTest.BEGINNING.toEpochMilli();
        engine.report(
                "a", "w1", 1, attemptFailed(), stepCompleted(1, "1"), sleep(2, now + 5_000), parked(2, now + 5_000));
        notes.told.clear();
        engine.advance(Duration.ofSeconds(6));

        // The test driver's clock has moved in one go, past the time that the timer was set for.
        assertEquals(List.of("RESUMPTION after 0", "timer late by 1000"), notes.told);
    }

    @Test
    void shouldTellOfNoStepThatRunsCodeWhenAWorkerSleptWithoutLettingGo() {
        engine.workerTakes("w1", 1);
        engine.start("a", demo());
        long now = EngineUnderTest.BEGINNING.toEpochMilli();
        engine.report("a", "w1", 1, sleep(1, now + 1_000));
        notes.told.clear();
        engine.report("a", "w1", 1, stepCompleted(1, "1"));
        assertEquals(List.of(), notes.told, "its beginning was on record");

        engine.report("a", "w1", 1, sleep(2, now + 1_000), stepCompleted(2, "2"), stepCompleted(3, "3"));
        assertEquals(List.of("step COMPLETED in 1"), notes.told, "its beginning came with its end");
    }

    @Test
    void shouldTellOfALostLeaseAndOfAWorkflowGivenBack() {
        engine.workerTakes("w1", 1);
        engine.start("a", demo());
        engine.workerTakes("w2", 1);
        engine.start("b", demo());
        notes.told.clear();
        WorkerFact released = new WorkerFact();
        released.setReleased(new Released("it closes"));
        engine.report("b", "w2", 1, released);
        assertEquals("given back", notes.told.get(0));

        engine.letLeasesRunOut();
        assertTrue(notes.told.contains("lease lost"), notes.told.toString());
    }

    @Test
    void shouldTellOfAnEndBeforeTheFirstLine() {
        engine.start("a", demo());
        engine.command(
                "a",
                Command.newBuilder()
                        .setCommandId("t")
                        .setIssuer("tester")
                        .setIssuedAtMs(0)
                        .setTerminate(new Terminate(true))
                        .build());
        assertTrue(
                notes.told.containsAll(List.of("demo TERMINATED in -1", "terminate ACCEPTED")), notes.told.toString());
    }

    @Test
    void shouldTellOfAnswersToQueries() {
        engine.ask(Query.newBuilder()
                .setQueryId("q")
                .setAnswerPartition(0)
                .setGetWorkflow(new GetWorkflow("a"))
                .build());
        engine.ask(Query.newBuilder().setQueryId("q").setAnswerPartition(0).build());

        assertEquals(List.of("getWorkflow true", "unknown false"), notes.told);
    }

    @Test
    void shouldTellOfWhatIsPutAside() {
        engine.raw(Topic.COMMANDS, "a", "not a record".getBytes(StandardCharsets.UTF_8));

        assertEquals(List.of("put aside COMMANDS"), notes.told);
        assertEquals(List.of(), notes.taken);
    }

    private static WorkerFact attemptFailed() {
        WorkerFact fact = new WorkerFact();
        fact.setStepAttemptFailed(new StepAttemptFailed(1, "step-1", new Failure("e", "m", null), 1, 10L, 15L, 20L));
        return fact;
    }

    private static WorkerFact sleep(int seq, long dueAtMs) {
        WorkerFact fact = new WorkerFact();
        fact.setSleepStarted(new SleepStarted(seq, "sleep", 0L, dueAtMs));
        return fact;
    }

    private static WorkerFact parked(int seq, long untilMs) {
        WorkerFact fact = new WorkerFact();
        fact.setParked(new Parked(seq, untilMs, 0));
        return fact;
    }

    private static final class Notes implements EngineObserver {
        private final List<String> told = new ArrayList<>();
        private final List<Topic> taken = new ArrayList<>();

        @Override
        public void recordTaken(Topic topic, long waitedMs) {
            taken.add(topic);
        }

        @Override
        public void commandAnswered(@Nullable String command, CommandOutcome outcome) {
            told.add(command + " " + outcome);
        }

        @Override
        public void queryAnswered(String query, boolean answered) {
            told.add(query + " " + answered);
        }

        @Override
        public void workflowStarted(String workflowType) {
            told.add(workflowType + " started");
        }

        @Override
        public void workflowClosed(String workflowType, WorkflowStatus outcome, long ranMs) {
            told.add(workflowType + " " + outcome + " in " + ranMs);
        }

        @Override
        public void stepEnded(String workflowType, StepOutcome outcome, long tookMs) {
            told.add("step " + outcome + " in " + tookMs);
        }

        @Override
        public void granted(GrantKind kind, long waitedMs) {
            told.add(kind + " after " + waitedMs);
        }

        @Override
        public void leaseLost() {
            told.add("lease lost");
        }

        @Override
        public void released() {
            told.add("given back");
        }

        @Override
        public void timerFired(long lateMs) {
            told.add("timer late by " + lateMs);
        }

        @Override
        public void deadLettered(Topic topic) {
            told.add("put aside " + topic);
        }
    }
}
