package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace workflow tree}. */
@Command(
        name = "tree",
        description = {
            "Shows the family of a workflow: what it was started by or forked from, and all that it started and its forks, at every depth.",
            "At most 200 workflows are shown."
        })
final class WorkflowTree implements Callable<Integer> {
    /** More are no picture any more, and each is a request or two. */
    private static final int MOST = 200;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "ID", description = "The workflow id.")
    private String workflowId;

    private final Set<String> seen = new HashSet<>();
    private boolean more;

    /**
     * A workflow and those that come from it.
     *
     * @param relation to the one above it, in words
     */
    private record Kin(JsonNode workflow, String relation, List<Kin> below) {}

    @Override
    public Integer call() {
        Server server = common.server();
        JsonNode eldest = eldest(server);
        seen.clear();
        Kin tree = descend(server, eldest, "");
        if (common.asJson()) {
            common.print(Json.text(json(tree)));
            return 0;
        }
        Table table = new Table(
                Table.Column.fixed("ID"),
                Table.Column.status("STATUS"),
                Table.Column.shrinking("NAME"),
                Table.Column.shrinking("IS"));
        addTo(table, tree, "", "");
        common.print(more ? table.followedBy("There are more than " + MOST + ": this is not all.") : table);
        return 0;
    }

    /** Up from parent to parent, or source to source, as far as they are still there. */
    private JsonNode eldest(Server server) {
        JsonNode workflow = get(server, workflowId);
        while (seen.add(id(workflow)) && seen.size() < MOST) {
            String above = workflow.hasNonNull("parent")
                    ? workflow.path("parent").asText()
                    : workflow.path("forkedFrom").asText("");
            if (above.isEmpty()) {
                return workflow;
            }
            try {
                workflow = get(server, above);
            } catch (RefusedException e) {
                if (e.isFinal()) {
                    return workflow;
                }
                throw e;
            }
        }
        return workflow;
    }

    private static JsonNode get(Server server, String id) {
        return server.get(Server.workflowPath(id), Duration.ZERO).json();
    }

    private static String id(JsonNode workflow) {
        return workflow.path("workflowId").asText();
    }

    private Kin descend(Server server, JsonNode workflow, String relation) {
        Kin kin = new Kin(workflow, relation, new ArrayList<>());
        seen.add(id(workflow));
        addAll(server, "parent", kin, "child");
        addAll(server, "forkedFrom", kin, "fork");
        return kin;
    }

    private void addAll(Server server, String condition, Kin of, String relation) {
        String path = "/workflows?" + condition + "=" + Server.encode(id(of.workflow()));
        List<JsonNode> found = new Pages(server, path, "cursor").upTo(MOST - seen.size() + 1);
        for (JsonNode workflow : found) {
            if (seen.size() >= MOST) {
                more = true;
                return;
            }
            if (!seen.contains(id(workflow))) {
                String step = workflow.path(relation.equals("fork") ? "forkedFromStep" : "parentStep")
                        .asText("");
                of.below()
                        .add(descend(
                                server,
                                workflow,
                                relation
                                        + (step.isEmpty()
                                                ? ""
                                                : relation.equals("fork")
                                                        ? " from step " + step
                                                        : " of step " + step)));
            }
        }
    }

    private void addTo(Table table, Kin kin, String before, String beforeThoseBelow) {
        boolean asked = id(kin.workflow()).equals(workflowId);
        table.add(
                before + id(kin.workflow()),
                kin.workflow().path("status").asText(),
                kin.workflow().path("name").asText(),
                kin.relation() + (asked ? (kin.relation().isEmpty() ? "" : ", ") + "the one asked for" : ""));
        for (int i = 0; i < kin.below().size(); i++) {
            boolean last = i == kin.below().size() - 1;
            addTo(
                    table,
                    kin.below().get(i),
                    beforeThoseBelow + (last ? "└─ " : "├─ "),
                    beforeThoseBelow + (last ? "   " : "│  "));
        }
    }

    private static ObjectNode json(Kin kin) {
        ObjectNode json = Json.newObject();
        json.put("relation", kin.relation());
        json.set("workflow", kin.workflow());
        var below = json.putArray("below");
        kin.below().forEach(other -> below.add(json(other)));
        return json;
    }
}
