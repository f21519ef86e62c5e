package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace queue set}. */
@Command(
        name = "set",
        description = {
            "Declares a queue, or changes its limits: those that are named here, and no others.",
            "A limit of \"none\" takes that limit off. The limits hold for the whole cluster, from now on; what runs goes on."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} shop --concurrency 10 --rate 100/1s",
            "  ${COMMAND-FULL-NAME} shop --priorities --worker-concurrency none",
            "  ${COMMAND-FULL-NAME} mail --partitioned --partition-concurrency 1 --partition-rate 5/1m",
            "  ${COMMAND-FULL-NAME} shop --concurrency 0",
            "  ${COMMAND-FULL-NAME} shop --unlimited"
        })
final class QueueSet implements Callable<Integer> {
    /** What the API takes; all else that it shows of a queue is not to be set. */
    private static final List<String> SETTINGS = List.of(
            "concurrency",
            "workerConcurrency",
            "rateLimit",
            "priorityEnabled",
            "partitioned",
            "partitionConcurrency",
            "partitionRateLimit");

    private static final int NOT_FOUND = 404;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "QUEUE", description = "The name of the queue.")
    private String queue;

    @Option(
            names = "--concurrency",
            paramLabel = "N|none",
            converter = QueueLimits.OfNumber.class,
            description = "How many run at once, from when they begin to when they end; 0: none begins.")
    private @Nullable String concurrency;

    @Option(
            names = "--worker-concurrency",
            paramLabel = "N|none",
            converter = QueueLimits.OfNumber.class,
            description = "How many run at once in one worker process.")
    private @Nullable String workerConcurrency;

    @Option(
            names = "--rate",
            paramLabel = "N/PERIOD|none",
            converter = QueueLimits.OfRate.class,
            description = "How many begin in a period, as 100/1s, 5/10m or 100/PT1S.")
    private @Nullable String rate;

    @Option(names = "--priorities", negatable = true, description = "Whether its workflows may have priorities.")
    private @Nullable Boolean priorities;

    @Option(
            names = "--partitioned",
            negatable = true,
            description = "Whether its workflows may have partition keys, which take turns.")
    private @Nullable Boolean partitioned;

    @Option(
            names = "--partition-concurrency",
            paramLabel = "N|none",
            converter = QueueLimits.OfNumber.class,
            description = "How many of one partition key run at once; makes the queue partitioned.")
    private @Nullable String partitionConcurrency;

    @Option(
            names = "--partition-rate",
            paramLabel = "N/PERIOD|none",
            converter = QueueLimits.OfRate.class,
            description = "How many of one partition key begin in a period; makes the queue partitioned.")
    private @Nullable String partitionRate;

    @Option(
            names = "--unlimited",
            description = "Takes off all limits, priorities and partition keys that are not named here.")
    private boolean unlimited;

    @Override
    public Integer call() {
        Map<String, String> changes = changes();
        if (changes.isEmpty() && !unlimited) {
            throw common.usage("say what to set, or --unlimited");
        }
        Server server = common.server();
        Map<String, String> settings = unlimited ? new LinkedHashMap<>() : present(server);
        settings.putAll(changes);
        JsonBody body = new JsonBody();
        settings.forEach((field, json) -> body.putJson(field, json.equals(QueueLimits.NONE) ? null : json));
        Server.Answer answer = server.put(Server.queuePath(queue), body);
        if (common.asJson()) {
            common.print(answer.body());
        } else {
            common.print(QueueText.describe(answer.json()));
        }
        return 0;
    }

    /** What is named, as JSON by the API's field. */
    private Map<String, String> changes() {
        Map<String, String> changes = new LinkedHashMap<>();
        put(changes, "concurrency", concurrency);
        put(changes, "workerConcurrency", workerConcurrency);
        put(changes, "rateLimit", rate);
        put(changes, "priorityEnabled", priorities);
        put(changes, "partitioned", partitioned);
        put(changes, "partitionConcurrency", partitionConcurrency);
        put(changes, "partitionRateLimit", partitionRate);
        boolean limitsKeys = isLimit(partitionConcurrency) || isLimit(partitionRate);
        if (limitsKeys && Boolean.FALSE.equals(partitioned)) {
            throw common.usage("--no-partitioned does not go together with limits of partition keys");
        }
        if (limitsKeys) {
            changes.put("partitioned", "true");
        } else if (Boolean.FALSE.equals(partitioned)) {
            // Limits of keys that there are no more would be refused.
            changes.put("partitionConcurrency", QueueLimits.NONE);
            changes.put("partitionRateLimit", QueueLimits.NONE);
        }
        return changes;
    }

    private static boolean isLimit(@Nullable String json) {
        return json != null && !json.equals(QueueLimits.NONE);
    }

    private static void put(Map<String, String> changes, String field, @Nullable Object json) {
        if (json != null) {
            changes.put(field, json.toString());
        }
    }

    /** What the queue has now; nothing where there is none. */
    private Map<String, String> present(Server server) {
        Map<String, String> settings = new LinkedHashMap<>();
        try {
            JsonNode now = server.get(Server.queuePath(queue), Duration.ZERO).json();
            SETTINGS.stream().filter(now::has).forEach(field -> settings.put(field, Json.text(now.path(field))));
        } catch (RefusedException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
        }
        return settings;
    }
}
