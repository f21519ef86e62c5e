package io.millrace.api;

import static io.millrace.api.FieldKind.FLAG;
import static io.millrace.api.FieldKind.NUMBER;
import static io.millrace.api.FieldKind.RATE;

import io.millrace.client.QueueOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What {@code PUT /queues/{q}} asks for: all settings that the queue is to have, and no others. */
final class QueueRequest {
    private static final Map<String, FieldKind> FIELDS = Map.of(
            "concurrency", NUMBER,
            "workerConcurrency", NUMBER,
            "rateLimit", RATE,
            "priorityEnabled", FLAG,
            "partitioned", FLAG,
            "partitionConcurrency", NUMBER,
            "partitionRateLimit", RATE);

    private QueueRequest() {}

    /**
     * Reads a body.
     *
     * @throws ProblemException 400, naming the field
     */
    static QueueOptions parse(String body) throws IOException {
        if (body.isBlank()) {
            // Whoever forgets the body must not take all limits off.
            throw new ProblemException(Problem.of(400, "there is no body: send the settings, {} for no limits"));
        }
        BodyFields fields = BodyFields.parse(body, "a queue's settings", FIELDS);
        QueueOptions options = QueueOptions.unlimited();
        options = fields.withNumber(options, "concurrency", QueueOptions::concurrency);
        options = fields.withNumber(options, "workerConcurrency", QueueOptions::workerConcurrency);
        options = withRate(options, "rateLimit", fields, QueueOptions::rateLimit);
        options = fields.flag("priorityEnabled", false) ? options.priorities() : options;
        options = fields.flag("partitioned", false) ? options.partitioned() : options;
        options = fields.withNumber(options, "partitionConcurrency", QueueOptions::partitionConcurrency);
        options = withRate(options, "partitionRateLimit", fields, QueueOptions::partitionRateLimit);
        if (options.isPartitioned() && !fields.flag("partitioned", true)) {
            throw new ProblemException(Problem.badField(
                    "partitioned",
                    "partitioned must not be false where partitionConcurrency or partitionRateLimit is given"));
        }
        return options;
    }

    private interface RateSetter {
        QueueOptions set(QueueOptions options, int permits, Duration period);
    }

    private static QueueOptions withRate(QueueOptions options, String field, BodyFields fields, RateSetter setter) {
        QueueOptions.Rate rate = fields.rate(field);
        return rate == null
                ? options
                : Parameters.checked(field, () -> setter.set(options, rate.permits(), rate.period()));
    }
}
