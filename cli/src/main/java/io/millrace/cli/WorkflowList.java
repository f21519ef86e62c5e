package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace workflow list}. */
@Command(
        name = "list",
        description = "Lists workflows, newest first unless told otherwise.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} --status RUNNING,PAUSED --queue shop",
            "  ${COMMAND-FULL-NAME} --name checkout --order asc --watch"
        })
final class WorkflowList implements Callable<Integer> {
    /** By the time of creation. */
    enum Order {
        ASC,
        DESC
    }

    @Mixin
    private CommonOptions common;

    @Mixin
    private FilterOptions filter;

    @Mixin
    private WatchOption watch;

    @Option(
            names = "--order",
            paramLabel = "asc|desc",
            description = "Oldest (asc) or newest first (desc, the default).")
    private @Nullable Order order;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many at most; 20 unless given.",
            defaultValue = "20")
    private int limit;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Where the page before ended.")
    private @Nullable String cursor;

    @Override
    public Integer call() {
        Server server = common.server();
        return watch.show(common, server, filter.events(), () -> look(server));
    }

    private View look(Server server) {
        Map<String, String> parameters = filter.parameters();
        FilterOptions.put(parameters, "order", order == null ? null : order == Order.ASC ? "asc" : "desc");
        FilterOptions.put(parameters, "limit", Integer.toString(limit));
        FilterOptions.put(parameters, "cursor", cursor);
        Server.Answer answer = server.get("/workflows?" + FilterOptions.query(parameters), Duration.ZERO);
        JsonNode page = answer.json();
        return new View(
                answer.body(),
                table(page),
                View.lines(page.path("items"), "workflowId", WorkflowText::inAFewWords),
                null);
    }

    private static Table table(JsonNode page) {
        Table table = new Table(
                Table.Column.fixed("ID"),
                Table.Column.shrinking("NAME"),
                Table.Column.status("STATUS"),
                Table.Column.shrinking("QUEUE"),
                Table.Column.fixed("STEPS"),
                Table.Column.shrinking("CREATED"),
                Table.Column.shrinking("WAITING FOR"));
        for (JsonNode item : page.path("items")) {
            table.add(
                    item.path("workflowId").asText(),
                    item.path("name").asText(),
                    item.path("status").asText(),
                    item.path("queue").asText(),
                    item.path("stepCount").asText(),
                    item.path("createdAt").asText(),
                    item.path("waitingFor").asText());
        }
        return page.hasNonNull("nextCursor")
                ? table.followedBy(
                        "There are more: --cursor " + page.path("nextCursor").asText())
                : table;
    }
}
