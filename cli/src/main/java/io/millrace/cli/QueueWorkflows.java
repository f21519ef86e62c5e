package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace queue workflows}. */
@Command(
        name = "workflows",
        description = {
            "Lists what waits on a queue, in the order in which it will run.",
            "On a partitioned queue keys take turns: there it is the order within each key."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ${COMMAND-FULL-NAME} shop --limit 5", "  ${COMMAND-FULL-NAME} shop --partition-key tenant-7 --all"
        })
final class QueueWorkflows implements Callable<Integer> {
    private static final int DEFAULT_LIMIT = 20;

    /** As many as the server gives at once. */
    private static final int LARGEST_PAGE = 500;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "QUEUE", description = "The name of the queue.")
    private String queue;

    @Option(names = "--partition-key", paramLabel = "KEY", description = "Only those of this partition key.")
    private @Nullable String partitionKey;

    @Option(names = "--limit", paramLabel = "N", description = "How many at most; 20 unless given.")
    private @Nullable Integer limit;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Where the page before ended.")
    private @Nullable String cursor;

    @Option(names = "--all", description = "All that wait, however many.")
    private boolean all;

    @Override
    public Integer call() {
        if (all) {
            return printAll();
        }
        String rest = cursor == null ? "" : "&cursor=" + Server.encode(cursor);
        Server.Answer answer = common.server().get(path(limit == null ? DEFAULT_LIMIT : limit) + rest, Duration.ZERO);
        if (common.asJson()) {
            common.print(answer.body());
            return 0;
        }
        JsonNode page = answer.json();
        common.print(table(page.path("items")));
        if (page.hasNonNull("nextCursor")) {
            common.note("There are more: --all, or --cursor "
                    + page.path("nextCursor").asText());
        }
        return 0;
    }

    private int printAll() {
        if (limit != null || cursor != null) {
            throw common.usage("--all does not go together with --limit and --cursor");
        }
        var waiting = new Pages(common.server(), path(LARGEST_PAGE), "cursor").all();
        if (common.asJson()) {
            common.print(Pages.json(waiting));
        } else {
            common.print(table(waiting));
        }
        return 0;
    }

    private String path(int pageSize) {
        String key = partitionKey == null ? "" : "&partitionKey=" + Server.encode(partitionKey);
        return Server.queuePath(queue) + "/workflows?limit=" + pageSize + key;
    }

    private static Table table(Iterable<JsonNode> items) {
        Table table = new Table(
                Table.Column.fixed("POSITION"),
                Table.Column.fixed("WORKFLOW"),
                Table.Column.shrinking("TYPE"),
                Table.Column.fixed("PRIORITY"),
                Table.Column.shrinking("KEY"),
                Table.Column.fixed("AGE"));
        for (JsonNode item : items) {
            table.add(
                    item.path("position").asText(),
                    item.path("workflowId").asText(),
                    item.path("name").asText(),
                    item.path("priority").asText(),
                    item.path("partitionKey").asText(""),
                    QueueText.age(item.path("age")));
        }
        return table;
    }
}
