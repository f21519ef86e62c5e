package io.millrace.standalone.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.payload.JsonPayloadCodec;
import io.millrace.payload.PayloadException;
import io.millrace.worker.StepFailedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StepsWorkflowTest {
    private final Map<String, Integer> failed = new HashMap<>();
    private final StepsWorkflow workflow =
            new StepsWorkflow((key, allowed) -> failed.merge(key, 1, Integer::sum) <= allowed);

    @Test
    void shouldRunFiveStepsUnlessToldOtherwise() {
        JournalContext run = JournalContext.start("w");
        StepsOutput output = workflow.run(run, input("{\"stepMillis\":0}"));
        assertEquals(new StepsOutput(5, "w"), output);
        assertEquals(List.of("step-1 #1", "step-2 #1", "step-3 #1", "step-4 #1", "step-5 #1"), run.ran());
    }

    @Test
    void shouldEndWithTheFirstFailureAndCompleteWhenResumed() {
        StepsInput input = input("{\"steps\":5,\"stepMillis\":0,\"failAtStep\":3,\"failTimes\":1}");
        JournalContext first = JournalContext.start("w");
        StepFailedException failure = assertThrows(StepFailedException.class, () -> workflow.run(first, input));
        assertEquals(3, failure.seq());
        JournalContext second = first.resume();
        assertEquals(new StepsOutput(5, "w"), workflow.run(second, input));
        assertEquals(List.of("step-3 #1", "step-4 #1", "step-5 #1"), second.ran());
    }

    @Test
    void shouldFailAsOftenAsAskedInAllRunsAndForksTogether() {
        StepsInput input = input("{\"steps\":3,\"stepMillis\":0,\"failAtStep\":3,\"failTimes\":2}");
        JournalContext source = JournalContext.start("w");
        assertThrows(StepFailedException.class, () -> workflow.run(source, input));
        assertThrows(StepFailedException.class, () -> workflow.run(source.fork("f1", 2), input));
        JournalContext fork = source.fork("f2", 2);
        assertEquals(new StepsOutput(3, "f2"), workflow.run(fork, input));
        assertEquals(List.of("step-2 #1", "step-3 #1"), fork.ran());
    }

    @Test
    void shouldFailIndependentlyInAnotherWorkflowWithTheSameInput() {
        StepsInput input = input("{\"steps\":1,\"stepMillis\":0,\"failAtStep\":1}");
        assertThrows(StepFailedException.class, () -> workflow.run(JournalContext.start("a"), input));
        assertThrows(StepFailedException.class, () -> workflow.run(JournalContext.start("b"), input));
    }

    @Test
    void shouldRetryByItselfWhenAttemptsAreGiven() {
        StepsInput input = input("{\"steps\":1,\"stepMillis\":0,\"failAtStep\":1,\"failTimes\":2,\"attempts\":3}");
        JournalContext run = JournalContext.start("w");
        assertEquals(new StepsOutput(1, "w"), workflow.run(run, input));
        assertEquals(List.of("step-1 #1", "step-1 #2", "step-1 #3"), run.ran());
    }

    @Test
    void shouldTakeNoInputForAllDefaults() {
        assertEquals(input("{}"), StepsInput.DEFAULT);
        assertEquals(5, StepsInput.DEFAULT.steps());
        assertEquals(200L, StepsInput.DEFAULT.stepMillis());
    }

    @Test
    void shouldNameTheFieldThatIsOutOfBounds() {
        PayloadException refused = assertThrows(PayloadException.class, () -> input("{\"steps\":-1}"));
        assertTrue(String.valueOf(refused.getMessage()).contains("steps must be from 0"), refused.getMessage());
    }

    @Test
    void shouldReturnTheRunThatRanTheStep() {
        byte[] json = new JsonPayloadCodec().encode(new StepOutput(2, "w", Instant.EPOCH));
        assertEquals(
                "{\"step\":2,\"run\":\"w\",\"at\":\"1970-01-01T00:00:00Z\"}", new String(json, StandardCharsets.UTF_8));
    }

    private static StepsInput input(String json) {
        @Nullable
        Object decoded = new JsonPayloadCodec().decode(json.getBytes(StandardCharsets.UTF_8), StepsInput.class);
        return StepsInput.class.cast(decoded);
    }
}
