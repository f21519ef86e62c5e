package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The workflows that a filter lets through now.
 *
 * @param ids theirs
 * @param byStatus how many there are in each status, by its name
 */
record BulkSelection(List<String> ids, Map<String, Integer> byStatus) {
    /** As many as the server gives at once. */
    private static final int LARGEST_PAGE = 500;

    /** Enough to see whether the filter means what it should. */
    private static final int SHOWN_IDS = 5;

    /**
     * Finds them.
     *
     * @throws CliException if there are more than the limit
     */
    static BulkSelection find(Server server, ManyOptions many) {
        Map<String, String> parameters = new LinkedHashMap<>(many.filter());
        parameters.put("limit", Integer.toString(LARGEST_PAGE));
        List<JsonNode> found =
                new Pages(server, "/workflows?" + FilterOptions.query(parameters), "cursor").upTo(many.limit() + 1);
        if (found.size() > many.limit()) {
            throw new CliException("there are more than " + many.limit()
                    + " such workflows, and nothing was done: narrow the filter, or raise --limit");
        }
        List<String> ids = new ArrayList<>();
        Map<String, Integer> byStatus = new TreeMap<>();
        for (JsonNode workflow : found) {
            ids.add(workflow.path("workflowId").asText());
            byStatus.merge(workflow.path("status").asText(), 1, Integer::sum);
        }
        return new BulkSelection(ids, byStatus);
    }

    int size() {
        return ids.size();
    }

    /** How many, in words. */
    String count() {
        return size() + (size() == 1 ? " workflow" : " workflows");
    }

    /** A look at them: {@code 3 FAILED, 1 RUNNING: a, b, c and 1 more}. */
    String preview() {
        String statuses = byStatus.entrySet().stream()
                .map(status -> status.getValue() + " " + status.getKey())
                .collect(Collectors.joining(", "));
        String first = ids.stream().limit(SHOWN_IDS).map(Table::onOneLine).collect(Collectors.joining(", "));
        int more = size() - SHOWN_IDS;
        return statuses + ": " + first + (more > 0 ? " and " + more + " more" : "");
    }
}
