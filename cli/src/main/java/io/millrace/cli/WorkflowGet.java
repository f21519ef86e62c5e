package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace workflow get}. */
@Command(
        name = "get",
        description = {
            "Shows one workflow.",
            "With --watch until it has ended: then the exit code is 0 if it is COMPLETED, else 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ${COMMAND-FULL-NAME} order-17 --watch"})
final class WorkflowGet implements Callable<Integer> {
    /** More of them are a list of their own. */
    private static final int SHOWN_FORKS = 5;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "ID", description = "The workflow id.")
    private String workflowId;

    @Mixin
    private WatchOption watch;

    @Override
    public Integer call() {
        Server server = common.server();
        return watch.show(common, server, "workflowId=" + Server.encode(workflowId), () -> look(server));
    }

    private View look(Server server) {
        Server.Answer answer = server.get(Server.workflowPath(workflowId), Duration.ZERO);
        JsonNode workflow = answer.json();
        Table table = WorkflowText.describe(workflow);
        if (!common.asJson()) {
            addForks(table, server);
        }
        String status = workflow.path("status").asText();
        Integer end = WorkflowText.isOpen(status) ? null : status.equals("COMPLETED") ? 0 : 1;
        return new View(answer.body(), table, Map.of(workflowId, WorkflowText.inAFewWords(workflow)), end);
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
}
