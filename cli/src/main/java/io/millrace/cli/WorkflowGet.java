package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace workflow get}. */
@Command(name = "get", description = "Shows one workflow.")
final class WorkflowGet implements Callable<Integer> {
    /** More of them are a list of their own. */
    private static final int SHOWN_FORKS = 5;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "ID", description = "The workflow id.")
    private String workflowId;

    @Override
    public Integer call() {
        Server server = common.server();
        Server.Answer answer = server.get(Server.workflowPath(workflowId), Duration.ZERO);
        if (common.asJson()) {
            common.print(answer.body());
        } else {
            Table table = describe(answer.json());
            addForks(table, server);
            common.print(table);
        }
        return 0;
    }

    private void addForks(Table table, Server server) {
        JsonNode page = server.get(Server.workflowPath(workflowId) + "/forks?limit=" + SHOWN_FORKS, Duration.ZERO)
                .json();
        if (page.path("items").isEmpty()) {
            return;
        }
        List<String> forks = new ArrayList<>();
        page.path("items").forEach(fork -> forks.add(fork.path("workflowId").asText()));
        if (page.hasNonNull("nextCursor")) {
            forks.add("... (" + common.pasteable("workflow", "forks", workflowId) + ")");
        }
        table.add("forks", String.join(", ", forks));
    }

    /** Every field that has a value, a line each. */
    static Table describe(JsonNode workflow) {
        Table table = new Table(Table.Column.fixed("FIELD"), Table.Column.shrinking("VALUE"));
        workflow.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!isNothing(field.getKey(), value)) {
                table.add(field.getKey(), text(field.getKey(), value));
            }
        });
        return table;
    }

    private static boolean isNothing(String field, JsonNode value) {
        boolean neverResumed = field.equals("run") && value.asInt() == 0;
        boolean inItsTurn = field.equals("expedited") && !value.asBoolean();
        return neverResumed || inItsTurn || value.isNull() || (value.isContainerNode() && value.isEmpty());
    }

    private static String text(String field, JsonNode value) {
        if (field.equals("error")) {
            return value.path("type").asText() + ": " + value.path("message").asText();
        }
        return value.isTextual() ? value.asText() : value.toString();
    }
}
