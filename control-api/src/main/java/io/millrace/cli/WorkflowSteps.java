package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace workflow steps}. */
@Command(name = "steps", description = "Shows the recorded steps of a workflow.")
final class WorkflowSteps implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "ID", description = "The workflow id.")
    private String workflowId;

    @Override
    public Integer call() {
        List<JsonNode> steps = allSteps(common.server());
        if (common.asJson()) {
            common.print(steps.stream().map(JsonNode::toString).collect(Collectors.joining(",", "[", "]")));
        } else {
            common.print(table(steps));
        }
        return 0;
    }

    private List<JsonNode> allSteps(Server server) {
        List<JsonNode> steps = new ArrayList<>();
        String path = Server.workflowPath(workflowId) + "/steps";
        JsonNode page = server.get(path, Duration.ZERO).json();
        page.path("items").forEach(steps::add);
        while (page.hasNonNull("nextCursor")) {
            page = server.get(path + "?cursor=" + page.path("nextCursor").asText(), Duration.ZERO)
                    .json();
            page.path("items").forEach(steps::add);
        }
        return steps;
    }

    static Table table(List<JsonNode> steps) {
        Table table = new Table(
                Table.Column.fixed("SEQ"),
                Table.Column.shrinking("NAME"),
                Table.Column.fixed("KIND"),
                Table.Column.fixed("STATUS"),
                Table.Column.fixed("ATTEMPTS"),
                Table.Column.fixed("TOOK"),
                Table.Column.shrinking("OUTPUT OR ERROR"));
        for (JsonNode step : steps) {
            table.add(
                    step.path("seq").asText(),
                    step.path("name").asText(),
                    step.path("kind").asText(),
                    step.path("status").asText(),
                    step.path("attempts").asText(),
                    took(step),
                    outcome(step));
        }
        return table;
    }

    private static String took(JsonNode step) {
        if (!step.hasNonNull("startedAt") || !step.hasNonNull("completedAt")) {
            return "";
        }
        Instant started = Instant.parse(step.path("startedAt").asText());
        Instant completed = Instant.parse(step.path("completedAt").asText());
        return Duration.between(started, completed).toMillis() + " ms";
    }

    private static String outcome(JsonNode step) {
        if (step.hasNonNull("error")) {
            JsonNode error = step.path("error");
            return error.path("type").asText() + ": " + error.path("message").asText();
        }
        return step.hasNonNull("output") ? step.path("output").toString() : "";
    }
}
