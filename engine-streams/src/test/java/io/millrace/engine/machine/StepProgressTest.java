package io.millrace.engine.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.WaitingStep;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepProgressTest {
    @Test
    void shouldCloseGapsAsStepsEnd() {
        StepProgress progress = nothingYet();
        assertTrue(progress.isExactly(0));
        assertTrue(progress.end(3));
        assertTrue(progress.end(1));
        assertFalse(progress.isExactly(3));
        assertEquals(2, progress.count());
        assertTrue(progress.end(2));
        assertTrue(progress.isExactly(3));
        assertFalse(progress.end(2));
        assertEquals(3, progress.count());
    }

    @Test
    void shouldComeBackFromTheStateAsItWentIn() {
        StepProgress progress = nothingYet();
        progress.end(1);
        progress.end(5);
        progress.end(3);
        progress.beginSleep(7, "nap");
        progress.beginRetry(6, "charge", 2);
        progress.recordValue(new RecordedValue(3, 1, "uuid", "v"));
        StoredWorkflow workflow = Given.enqueued().workflow();
        progress.writeTo(workflow);
        assertEquals(1, workflow.getEndedThrough());
        assertEquals(List.of(3, 5), workflow.getEndedAhead());
        assertEquals(3, workflow.getState().getStepCount());
        assertEquals(
                List.of(waiting(6, "charge", StepKind.STEP, 2), waiting(7, "nap", StepKind.SLEEP, 0)),
                workflow.getWaitingSteps());

        StepProgress again = new StepProgress(workflow);
        assertFalse(again.end(5));
        assertFalse(again.beginSleep(7, "nap"));
        assertFalse(again.beginRetry(6, "charge", 2));
        assertFalse(again.recordValue(new RecordedValue(3, 1, "uuid", "v")));
        assertTrue(again.recordValue(new RecordedValue(3, 2, "uuid", "v")));
    }

    @Test
    void shouldNotLetAnEndedStepWaitAgain() {
        StepProgress progress = nothingYet();
        assertTrue(progress.beginSleep(1, "nap"));
        assertNotNull(progress.waiting(1));
        assertEquals(1, progress.waitingCount());
        assertTrue(progress.end(1));
        assertNull(progress.waiting(1));
        assertFalse(progress.beginSleep(1, "nap"));
        assertFalse(progress.beginRetry(1, "nap", 9));
        assertEquals(0, progress.waitingCount());
    }

    @Test
    void shouldTakeEachStepOnceInWhateverOrder() {
        Seeded.forEach(500, chance -> {
            StepProgress progress = nothingYet();
            Set<Integer> ended = new HashSet<>();
            for (int i = 0; i < 60; i++) {
                int seq = chance.between(1, 30);
                assertEquals(ended.add(seq), progress.end(seq));
                assertEquals(ended.size(), progress.count());
                boolean withoutGaps = ended.stream().allMatch(each -> each <= ended.size());
                assertEquals(withoutGaps, progress.isExactly(ended.size()));
            }
        });
    }

    private static StepProgress nothingYet() {
        return new StepProgress(Given.enqueued().workflow());
    }

    private static WaitingStep waiting(int seq, String name, StepKind kind, int attempts) {
        WaitingStep step = new WaitingStep();
        step.setSeq(seq);
        step.setName(name);
        step.setKind(kind);
        step.setAttempts(attempts);
        return step;
    }
}
