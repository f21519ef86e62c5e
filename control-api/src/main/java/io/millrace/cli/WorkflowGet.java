package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace workflow get}. */
@Command(name = "get", description = "Shows one workflow.")
final class WorkflowGet implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "ID", description = "The workflow id.")
    private String workflowId;

    @Override
    public Integer call() {
        Server.Answer answer = common.server().get(Server.workflowPath(workflowId), Duration.ZERO);
        if (common.asJson()) {
            common.print(answer.body());
        } else {
            common.print(describe(answer.json()));
        }
        return 0;
    }

    /** Every field that has a value, a line each. */
    static Table describe(JsonNode workflow) {
        Table table = new Table(Table.Column.fixed("FIELD"), Table.Column.shrinking("VALUE"));
        workflow.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!value.isNull() && !(value.isContainerNode() && value.isEmpty())) {
                table.add(field.getKey(), text(field.getKey(), value));
            }
        });
        return table;
    }

    private static String text(String field, JsonNode value) {
        if (field.equals("error")) {
            return value.path("type").asText() + ": " + value.path("message").asText();
        }
        return value.isTextual() ? value.asText() : value.toString();
    }
}
