package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace workflow history}. */
@Command(
        name = "history",
        description = "Shows all that happened to a workflow, in order: commands with who gave them and why among it.")
final class WorkflowHistory implements Callable<Integer> {
    /** They have columns of their own. */
    private static final Set<String> COLUMNS = Set.of("number", "at", "type");

    /** What people look for comes first, because a narrow terminal shows no more than the beginning. */
    private static final List<String> FIRST = List.of("reason", "command", "answer", "issuer");

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "ID", description = "The workflow id.")
    private String workflowId;

    @Option(
            names = "--from",
            paramLabel = "N",
            defaultValue = "1",
            description = "The number to begin with; ${DEFAULT-VALUE} unless given.")
    private long from;

    @Override
    public Integer call() {
        List<JsonNode> events = new Pages(common.server(), Server.workflowPath(workflowId) + "/history", "from")
                .from(Long.toString(from));
        if (common.asJson()) {
            common.print(Pages.json(events));
            return 0;
        }
        Table table = new Table(
                Table.Column.fixed("NUMBER"),
                Table.Column.fixed("AT"),
                Table.Column.fixed("WHAT"),
                Table.Column.shrinking("DETAILS"));
        for (JsonNode event : events) {
            table.add(
                    event.path("number").asText(),
                    event.path("at").asText(),
                    event.path("type").asText(),
                    details(event));
        }
        common.print(table);
        return 0;
    }

    private static String details(JsonNode event) {
        return event.properties().stream()
                .filter(field -> !COLUMNS.contains(field.getKey()))
                .sorted(Comparator.comparingInt(WorkflowHistory::place))
                .map(field -> field.getKey() + "=" + shown(field.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static int place(Map.Entry<String, JsonNode> field) {
        int first = FIRST.indexOf(field.getKey());
        return first < 0 ? FIRST.size() : first;
    }

    /** A failure as elsewhere, without its stack trace: that is many lines on one, and is there in JSON. */
    private static String shown(JsonNode value) {
        return value.has("stackTrace") ? "\"" + WorkflowText.error(value) + "\"" : Json.text(value);
    }
}
