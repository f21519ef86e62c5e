package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace workflow forks}. */
@Command(name = "forks", description = "Lists the forks of a workflow, the oldest first.")
final class WorkflowForks implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "ID", description = "The workflow id.")
    private String workflowId;

    @Override
    public Integer call() {
        List<JsonNode> forks = new Pages(common.server(), Server.workflowPath(workflowId) + "/forks", "cursor").all();
        if (common.asJson()) {
            common.print(Pages.json(forks));
            return 0;
        }
        Table table =
                new Table(Table.Column.fixed("ID"), Table.Column.fixed("FROM STEP"), Table.Column.shrinking("CREATED"));
        for (JsonNode fork : forks) {
            table.add(
                    fork.path("workflowId").asText(),
                    fork.path("startStep").asText(),
                    fork.path("at").asText());
        }
        common.print(table);
        return 0;
    }
}
