package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
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
        List<JsonNode> steps = new Pages(common.server(), Server.workflowPath(workflowId) + "/steps", "cursor").all();
        if (common.asJson()) {
            common.print(Pages.json(steps));
        } else {
            common.print(table(steps));
        }
        return 0;
    }

    static Table table(List<JsonNode> steps) {
        Table table = new Table(
                Table.Column.fixed("SEQ"),
                Table.Column.shrinking("NAME"),
                Table.Column.fixed("KIND"),
                Table.Column.status("STATUS"),
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

    static String outcome(JsonNode step) {
        if (step.hasNonNull("error")) {
            return WorkflowText.error(step.path("error"));
        }
        if (step.hasNonNull("output")) {
            return Json.text(step.path("output"));
        }
        return step.hasNonNull("childWorkflowId")
                ? "workflow " + step.path("childWorkflowId").asText()
                : "";
    }
}
