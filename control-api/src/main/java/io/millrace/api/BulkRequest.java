package io.millrace.api;

import static io.millrace.api.FieldKind.FILTER;
import static io.millrace.api.FieldKind.FLAG;
import static io.millrace.api.FieldKind.NUMBER;
import static io.millrace.api.FieldKind.TEXT;
import static io.millrace.api.FieldKind.TEXTS;

import io.javalin.http.Context;
import io.millrace.client.BulkCommand;
import io.millrace.client.MillraceClient;
import io.millrace.client.WorkflowFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What every command to many workflows asks for.
 *
 * @param bulk which workflows, and how fast
 * @param dryRun whether only to say how many there are
 * @param fields what is particular to the command
 */
record BulkRequest(BulkCommand bulk, boolean dryRun, BodyFields fields) {
    static final Map<String, FieldKind> STOP = many(Map.of("cascade", FLAG));
    static final Map<String, FieldKind> RESUME = many(Map.of("queue", TEXT));
    static final Map<String, FieldKind> PRIORITY = many(Map.of("priority", NUMBER));
    static final Map<String, FieldKind> MOVE = many(Map.of("queue", TEXT, "priority", NUMBER, "partitionKey", TEXT));
    static final Map<String, FieldKind> FORK =
            many(Map.of("from", TEXT, "applicationVersion", TEXT, "queue", TEXT, "timeout", TEXT));

    private static Map<String, FieldKind> many(Map<String, FieldKind> own) {
        Map<String, FieldKind> shared = Map.of(
                "filter", FILTER,
                "workflowIds", TEXTS,
                "dryRun", FLAG,
                "perSecond", NUMBER,
                "limit", NUMBER,
                "reason", TEXT,
                "commandId", TEXT);
        return CommandRequests.and(shared, own);
    }

    /**
     * Reads a body.
     *
     * @throws ProblemException 400, naming the field
     */
    static BulkRequest read(Context ctx, MillraceClient client, int maxBodyBytes, Map<String, FieldKind> known)
            throws IOException {
        Parameters.allowOnly(ctx.queryParamMap());
        BodyFields fields = BodyFields.parse(RequestBody.read(ctx, maxBodyBytes), "a command to many workflows", known);
        return new BulkRequest(paced(targets(client, fields), fields), fields.flag("dryRun", false), fields);
    }

    private static BulkCommand targets(MillraceClient client, BodyFields fields) {
        List<String> ids = fields.texts("workflowIds");
        Map<String, String> filter = fields.labels("filter");
        if (ids != null && filter == null) {
            return Parameters.checked("workflowIds", () -> client.bulk(ids));
        }
        if (filter != null && ids == null) {
            return client.bulk(filter(filter));
        }
        throw new ProblemException(
                Problem.badField("filter", "say which workflows: either filter ({} for all there are) or workflowIds"));
    }

    private static WorkflowFilter filter(Map<String, String> conditions) {
        for (String paging : Parameters.PAGING) {
            if (conditions.containsKey(paging)) {
                throw new ProblemException(Problem.badField(
                        "filter." + paging,
                        paging + " is no condition: the command goes to all that" + " match"
                                + (paging.equals("limit") ? "; limit beside filter bounds how many" : "")));
            }
        }
        try {
            return Parameters.filter(conditions.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> List.of(entry.getValue()), (a, b) -> a, TreeMap::new)));
        } catch (ProblemException e) {
            Problem problem = e.problem();
            throw new ProblemException(
                    problem.with("field", "filter." + problem.members().get("field")));
        }
    }

    /** A request must end before those on its way give up, or nobody learns the outcome. */
    private static BulkCommand paced(BulkCommand bulk, BodyFields fields) {
        Integer rate = fields.number("perSecond");
        Integer most = fields.number("limit");
        BulkCommand atRate = rate == null ? bulk : Parameters.checked("perSecond", () -> bulk.perSecond(rate));
        Duration longest = WorkflowRoutes.MAX_WAIT;
        long inTime = longest.toSeconds() * (rate == null ? BulkCommand.DEFAULT_PER_SECOND : rate);
        if (most != null && most > inTime) {
            throw new ProblemException(Problem.badField(
                    "limit",
                    "limit must be at most " + inTime + ", which is what can be done in " + longest
                            + " at this rate, not " + most + ": raise perSecond or lower limit"));
        }
        int limit = most == null ? (int) Math.min(BulkCommand.DEFAULT_LIMIT, inTime) : most;
        return Parameters.checked("limit", () -> atRate.limit(limit));
    }
}
