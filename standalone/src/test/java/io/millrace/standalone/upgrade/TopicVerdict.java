package io.millrace.standalone.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schemas.Topic;
import io.millrace.standalone.crash.Answers;
import io.millrace.standalone.crash.ApiProbe;
import io.millrace.standalone.crash.Effects.Effect;
import io.millrace.standalone.crash.QueueInvariants;
import io.millrace.standalone.crash.RecordedHistory;
import io.millrace.standalone.crash.TopicContents;
import java.util.List;
import java.util.Map;

/** What must hold when everything has come to rest, by the topics and by what steps did to the world. */
final class TopicVerdict {
    private TopicVerdict() {}

    /**
     * Nothing was unusable to either build, histories are whole, no step began that was on record, the code was given what is on record, and the limited queue
     * kept its limit.
     */
    static void check(Installation millrace) {
        TopicContents topics = millrace.topics();
        assertEquals(0, topics.count(Topic.DEAD_LETTERS), "records that one build wrote and the other cannot use");
        Answers answers = Answers.read(topics);
        Map<String, List<Effect>> effects = millrace.effects().byWorkflow(workflowId -> true);
        QueueInvariants queues = new QueueInvariants();
        RecordedHistory.all(topics).forEach((workflowId, history) -> {
            history.check();
            List<Effect> begun = effects.getOrDefault(workflowId, List.of());
            assertEquals(List.of(), history.begunAfterTheirRecord(begun, answers::sentAtMs), history::toString);
            checkResult(millrace.api(), workflowId);
            queues.add(history);
        });
        queues.checkAllEnded();
        queues.checkConcurrency(Installation.ONE_AT_A_TIME, 1);
    }

    /** What its steps are on record with is what the code of a workflow was given, whichever build had run them. */
    private static void checkResult(ApiProbe api, String workflowId) {
        JsonNode output = api.workflow(workflowId).path("output");
        if (!output.isTextual()) {
            return;
        }
        for (JsonNode step : api.get(Act.path(workflowId) + "/steps").expected().path("items")) {
            if (step.path("kind").asText().equals("STEP")) {
                String made = step.path("output").asText();
                assertTrue(output.asText().contains(made), () -> workflowId + ": " + step + " is not in " + output);
            }
        }
    }
}
