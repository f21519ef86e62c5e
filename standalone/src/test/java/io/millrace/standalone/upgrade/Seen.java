package io.millrace.standalone.upgrade;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.standalone.crash.ApiProbe;
import io.millrace.standalone.crash.ApiProbe.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that the API shows of one workflow.
 *
 * @param history its facts, in order
 * @param answers what other requests about it are answered, by what stands behind the workflow's own path
 */
record Seen(String workflowId, List<JsonNode> history, Map<String, Answer> answers) {
    private static final List<String> REQUESTS = List.of("", "/steps", "/result", "/forks", "/values/" + Scenes.VALUE);

    /** Tells who is there now and not what is stored. */
    private static final Set<String> OF_THE_MOMENT = Set.of("waitingFor");

    /** As it is at one moment: looks again if it has gone on meanwhile. */
    static Seen of(ApiProbe api, String workflowId) {
        while (true) {
            List<JsonNode> history = history(api, workflowId);
            Map<String, Answer> answers = new HashMap<>();
            REQUESTS.forEach(request -> answers.put(request, api.get(Act.path(workflowId) + request)));
            if (history(api, workflowId).size() == history.size()) {
                return new Seen(workflowId, history, answers);
            }
        }
    }

    /** All facts, in order. */
    static List<JsonNode> history(ApiProbe api, String workflowId) {
        List<JsonNode> facts = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.get(Act.path(workflowId) + "/history" + cursor).expected();
            page.path("items").forEach(facts::add);
            cursor = page.has("nextCursor")
                    ? "?cursor=" + ApiProbe.inPath(page.path("nextCursor").asText())
                    : "";
        } while (!cursor.isEmpty());
        return facts;
    }

    private List<JsonNode> steps() {
        List<JsonNode> steps = new ArrayList<>();
        answers.get("/steps").body().path("items").forEach(steps::add);
        return steps;
    }

    /**
     * Checks that nothing is lost or changed in what is seen later: the history goes on where it was, what is on record of each step stands, and where there is
     * no further fact there is no other answer either. Fields that were not there before may be.
     */
    void checkIsContinuedBy(Seen later) {
        assertTrue(later.history.size() >= history.size(), () -> difference("history", history, later.history));
        for (int n = 0; n < history.size(); n++) {
            int number = n;
            assertTrue(
                    covers(later.history.get(n), history.get(n)),
                    () -> difference("fact " + (number + 1), history.get(number), later.history.get(number)));
        }
        if (later.history.size() == history.size()) {
            answers.forEach((request, answer) -> {
                Answer now = later.answers.get(request);
                assertTrue(
                        now.status() == answer.status() && covers(now.body(), answer.body()),
                        () -> difference("answer to " + request, answer, now));
            });
        }
        later.checkKeeps(this);
    }

    private void checkKeeps(Seen earlier) {
        for (JsonNode step : earlier.steps()) {
            if (!step.path("completedAt").isNull()) {
                assertTrue(
                        steps().stream().anyMatch(now -> covers(now, step)), () -> difference("step", step, steps()));
            }
        }
    }

    private String difference(String what, Object before, Object now) {
        return "of " + workflowId + ", " + what + " was\n" + before + "\nand is\n" + now;
    }

    /** Whether everything that the one before says is still said. */
    private static boolean covers(JsonNode now, JsonNode before) {
        if (before.isObject()) {
            return before.properties().stream()
                    .filter(field -> !OF_THE_MOMENT.contains(field.getKey()))
                    .allMatch(field -> now.has(field.getKey()) && covers(now.get(field.getKey()), field.getValue()));
        } else if (before.isArray()) {
            boolean covered = now.size() == before.size();
            for (int n = 0; covered && n < before.size(); n++) {
                covered = covers(now.get(n), before.get(n));
            }
            return covered;
        }
        return now.equals(before);
    }
}
