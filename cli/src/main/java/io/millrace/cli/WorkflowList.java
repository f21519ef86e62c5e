package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace workflow list}. */
@Command(name = "list", description = "Lists workflows, newest first.")
final class WorkflowList implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Option(names = "--status", paramLabel = "STATUS[,STATUS]", description = "Only those in one of these statuses.")
    private @Nullable String status;

    @Option(names = "--name", paramLabel = "TYPE", description = "Only those of this workflow type.")
    private @Nullable String name;

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Only those of this queue.")
    private @Nullable String queue;

    @Option(names = "--id-prefix", paramLabel = "PREFIX", description = "Only those whose id begins so.")
    private @Nullable String idPrefix;

    @Option(names = "--version", paramLabel = "VERSION", description = "Only those pinned to this version.")
    private @Nullable String applicationVersion;

    @Option(names = "--created-after", paramLabel = "TIME", description = "Only later ones, e.g. 2026-01-31T12:00:00Z.")
    private @Nullable String createdAfter;

    @Option(names = "--created-before", paramLabel = "TIME", description = "Only earlier ones.")
    private @Nullable String createdBefore;

    @Option(names = "--parent", paramLabel = "ID", description = "Only those that this workflow started.")
    private @Nullable String parent;

    @Option(names = "--forked-from", paramLabel = "ID", description = "Only the forks of this workflow.")
    private @Nullable String forkedFrom;

    @Option(
            names = "--attribute",
            paramLabel = "KEY=VALUE",
            description = "Only those with this label; may be repeated.")
    private Map<String, String> attributes = new LinkedHashMap<>();

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
        Server.Answer answer = common.server().get("/workflows?" + query(), Duration.ZERO);
        if (common.asJson()) {
            common.print(answer.body());
            return 0;
        }
        JsonNode page = answer.json();
        common.print(table(page.path("items")));
        if (page.hasNonNull("nextCursor")) {
            common.note("There are more: --cursor " + page.path("nextCursor").asText());
        }
        return 0;
    }

    private String query() {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "status", status);
        put(parameters, "name", name);
        put(parameters, "queue", queue);
        put(parameters, "idPrefix", idPrefix);
        put(parameters, "version", applicationVersion);
        put(parameters, "createdAfter", createdAfter);
        put(parameters, "createdBefore", createdBefore);
        put(parameters, "parent", parent);
        put(parameters, "forkedFrom", forkedFrom);
        attributes.forEach((key, value) -> put(parameters, "attribute." + key, value));
        put(parameters, "limit", Integer.toString(limit));
        put(parameters, "cursor", cursor);
        return parameters.entrySet().stream()
                .map(parameter -> Server.encode(parameter.getKey()) + "=" + Server.encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static void put(Map<String, String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }

    static Table table(JsonNode items) {
        Table table = new Table(
                Table.Column.fixed("ID"),
                Table.Column.shrinking("NAME"),
                Table.Column.fixed("STATUS"),
                Table.Column.shrinking("QUEUE"),
                Table.Column.fixed("STEPS"),
                Table.Column.shrinking("CREATED"),
                Table.Column.shrinking("WAITING FOR"));
        for (JsonNode item : items) {
            table.add(
                    item.path("workflowId").asText(),
                    item.path("name").asText(),
                    item.path("status").asText(),
                    item.path("queue").asText(),
                    item.path("stepCount").asText(),
                    item.path("createdAt").asText(),
                    item.path("waitingFor").asText());
        }
        return table;
    }
}
