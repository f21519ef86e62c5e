package io.millrace.standalone.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.StartOptions;
import io.millrace.client.StepDescription;
import io.millrace.client.WorkflowFailedException;
import io.millrace.client.WorkflowHandle;
import io.millrace.payload.JsonPayloadCodec;
import io.millrace.payload.PayloadException;
import io.millrace.testkit.MillraceTestKit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StepsWorkflowTest {
    private final Map<String, Integer> failed = new ConcurrentHashMap<>();
    private final MillraceTestKit kit = MillraceTestKit.builder()
            .workflow(
                    "steps",
                    StepsInput.class,
                    new StepsWorkflow((key, allowed) -> failed.merge(key, 1, Integer::sum) <= allowed))
            .build();

    @AfterEach
    void closeKit() {
        kit.close();
    }

    @Test
    void shouldRunFiveStepsUnlessToldOtherwise() {
        WorkflowHandle<StepsOutput> run = start("w", "{\"stepMillis\":0}");
        assertEquals(new StepsOutput(5, "w"), run.result());
        assertEquals(
                List.of("step-1", "step-2", "step-3", "step-4", "step-5"),
                kit.steps("w").stream().map(StepDescription::name).toList());
    }

    @Test
    void shouldEndWithTheFirstFailureAndCompleteWhenResumed() {
        WorkflowHandle<StepsOutput> run = start("w", "{\"steps\":5,\"stepMillis\":0,\"failAtStep\":3,\"failTimes\":1}");
        assertThrows(WorkflowFailedException.class, run::result);
        assertEquals(3, kit.steps("w").size());
        run.resume();
        assertEquals(new StepsOutput(5, "w"), run.result());
    }

    @Test
    void shouldFailAsOftenAsAskedInAllRunsAndForksTogether() {
        WorkflowHandle<StepsOutput> source =
                start("w", "{\"steps\":3,\"stepMillis\":0,\"failAtStep\":3,\"failTimes\":2}");
        assertThrows(WorkflowFailedException.class, source::result);
        WorkflowHandle<StepsOutput> first =
                source.fork(ForkOptions.from(FromStep.number(2)).workflowId("f1"));
        assertThrows(WorkflowFailedException.class, first::result);
        WorkflowHandle<StepsOutput> second =
                source.fork(ForkOptions.from(FromStep.number(2)).workflowId("f2"));
        assertEquals(new StepsOutput(3, "f2"), second.result());
    }

    @Test
    void shouldFailIndependentlyInAnotherWorkflowWithTheSameInput() {
        String input = "{\"steps\":1,\"stepMillis\":0,\"failAtStep\":1}";
        WorkflowHandle<StepsOutput> a = start("a", input);
        WorkflowHandle<StepsOutput> b = start("b", input);
        assertThrows(WorkflowFailedException.class, a::result);
        assertThrows(WorkflowFailedException.class, b::result);
    }

    @Test
    void shouldRetryByItselfWhenAttemptsAreGiven() {
        WorkflowHandle<StepsOutput> run =
                start("w", "{\"steps\":1,\"stepMillis\":0,\"failAtStep\":1,\"failTimes\":2,\"attempts\":3}");
        assertEquals(new StepsOutput(1, "w"), run.result());
        assertEquals(3, kit.steps("w").get(0).attempts());
    }

    private WorkflowHandle<StepsOutput> start(String workflowId, String json) {
        WorkflowHandle<StepsOutput> run =
                kit.client().start("steps", input(json), StepsOutput.class, StartOptions.workflowId(workflowId));
        kit.advance(Duration.ofMinutes(5));
        return run;
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
