package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace workflow count}. */
@Command(
        name = "count",
        description = {"Counts workflows: in all, by status, by type, and by the worker that has them now."},
        footerHeading = "%nExamples:%n",
        footer = {"  ${COMMAND-FULL-NAME} --queue shop --created-after 2026-01-31T00:00:00Z"})
final class WorkflowCount implements Callable<Integer> {
    private static final Map<String, String> GROUPS =
            Map.of("byStatus", "status", "byName", "type", "byWorker", "worker");

    @Mixin
    private CommonOptions common;

    @Mixin
    private FilterOptions filter;

    @Override
    public Integer call() {
        String query = FilterOptions.query(filter.parameters());
        Server.Answer answer =
                common.server().get("/workflows:count" + (query.isEmpty() ? "" : "?" + query), Duration.ZERO);
        if (common.asJson()) {
            common.print(answer.body());
            return 0;
        }
        JsonNode counts = answer.json();
        Table table = new Table(Table.Column.fixed("OF"), Table.Column.status("VALUE"), Table.Column.fixed("COUNT"));
        counts.properties().stream()
                .filter(group -> GROUPS.containsKey(group.getKey()))
                .forEach(group -> group.getValue()
                        .properties()
                        .forEach(count -> table.add(
                                GROUPS.getOrDefault(group.getKey(), ""),
                                count.getKey(),
                                count.getValue().asText())));
        table.add("all", "", counts.path("total").asText());
        common.print(table);
        return 0;
    }
}
