package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace workflow compare}. */
@Command(
        name = "compare",
        description = {
            "Compares the recorded steps of two workflows, a fork and its source for example, number by number.",
            "Two steps are the same if name, kind, status and outcome are; when they ran and how often does not count."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ${COMMAND-FULL-NAME} order-17-again", "  ${COMMAND-FULL-NAME} order-17-again order-17"})
final class WorkflowCompare implements Callable<Integer> {
    private static final List<String> WHAT_COUNTS = List.of("name", "kind", "status", "output");

    @Mixin
    private CommonOptions common;

    @Parameters(index = "0", paramLabel = "ID", description = "The workflow id.")
    private String workflowId;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "OTHER",
            description = "Another one; what it was forked from unless given.")
    private @Nullable String other;

    @Override
    public Integer call() {
        Server server = common.server();
        String source = other == null ? source(server) : other;
        List<JsonNode> here = steps(server, workflowId);
        List<JsonNode> there = steps(server, source);
        ObjectNode document = Json.newObject().put("workflowId", workflowId).put("otherWorkflowId", source);
        var items = document.putArray("items");
        Table table = new Table(
                Table.Column.fixed("SEQ"),
                Table.Column.status("STEPS"),
                Table.Column.shrinking("NAME"),
                Table.Column.shrinking(workflowId),
                Table.Column.shrinking(source));
        for (int i = 0; i < Math.max(here.size(), there.size()); i++) {
            JsonNode one = i < here.size() ? here.get(i) : MissingNode.getInstance();
            JsonNode two = i < there.size() ? there.get(i) : MissingNode.getInstance();
            String verdict = verdict(one, two);
            table.add(Integer.toString(i + 1), verdict, names(one, two), outcome(one), outcome(two));
            ObjectNode item = items.addObject().put("seq", i + 1).put("steps", verdict);
            if (!one.isMissingNode()) {
                item.set("here", one);
            }
            if (!two.isMissingNode()) {
                item.set("there", two);
            }
        }
        if (common.asJson()) {
            common.print(Json.text(document));
        } else {
            common.print(table);
        }
        return 0;
    }

    private String source(Server server) {
        String source = server.get(Server.workflowPath(workflowId), Duration.ZERO)
                .json()
                .path("forkedFrom")
                .asText("");
        if (source.isEmpty()) {
            throw common.usage("workflow " + workflowId + " is no fork: say which other one to compare it with");
        }
        return source;
    }

    private static List<JsonNode> steps(Server server, String id) {
        return new Pages(server, Server.workflowPath(id) + "/steps", "cursor").all();
    }

    private static String verdict(JsonNode one, JsonNode two) {
        if (two.isMissingNode()) {
            return "only here";
        } else if (one.isMissingNode()) {
            return "only there";
        }
        boolean same = WHAT_COUNTS.stream().allMatch(field -> one.path(field).equals(two.path(field)))
                && failure(one).equals(failure(two));
        return same ? "same" : "changed";
    }

    /** The same failure in another run has another stack trace. */
    private static String failure(JsonNode step) {
        return step.hasNonNull("error") ? WorkflowText.error(step.path("error")) : "";
    }

    private static String names(JsonNode one, JsonNode two) {
        String here = one.path("name").asText();
        String there = two.path("name").asText();
        return here.isEmpty() ? there : there.isEmpty() || there.equals(here) ? here : here + " / " + there;
    }

    private static String outcome(JsonNode step) {
        if (step.isMissingNode()) {
            return "-";
        }
        String outcome = WorkflowSteps.outcome(step);
        return step.path("status").asText() + (outcome.isEmpty() ? "" : " " + outcome);
    }
}
