package io.millrace.api;

import static io.millrace.api.FieldKind.FLAG;
import static io.millrace.api.FieldKind.NUMBER;
import static io.millrace.api.FieldKind.TEXT;
import static io.millrace.api.FieldKind.VALUE;

import io.millrace.client.CommandOptions;
import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.LimitExceededException;
import io.millrace.client.MessageOptions;
import io.millrace.client.MoveOptions;
import io.millrace.client.ResumeOptions;
import io.millrace.client.StopOptions;
import io.millrace.schemas.Limits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The bodies of commands: which fields each has, and what they ask of the client. */
final class CommandRequests {
    static final Map<String, FieldKind> COMMAND = Map.of("reason", TEXT, "commandId", TEXT);
    static final Map<String, FieldKind> STOP = and(COMMAND, Map.of("cascade", FLAG));
    static final Map<String, FieldKind> RESUME = and(COMMAND, Map.of("queue", TEXT));
    static final Map<String, FieldKind> REWIND =
            and(COMMAND, Map.of("startStep", NUMBER, "stepName", TEXT, "from", TEXT));
    static final Map<String, FieldKind> FORK = and(
            REWIND,
            Map.of("workflowId", TEXT, "applicationVersion", TEXT, "queue", TEXT, "timeout", TEXT, "input", VALUE));
    static final Map<String, FieldKind> PRIORITY = and(COMMAND, Map.of("priority", NUMBER));
    static final Map<String, FieldKind> MOVE =
            and(COMMAND, Map.of("queue", TEXT, "priority", NUMBER, "partitionKey", TEXT));
    static final Map<String, FieldKind> MESSAGE =
            and(COMMAND, Map.of("topic", TEXT, "payload", VALUE, "idempotencyKey", TEXT));

    private static final List<String> FROM_FIELDS = List.of("startStep", "stepName", "from");

    private static final String POINTS = "LAST_FAILURE or LAST_STEP";

    private CommandRequests() {}

    static Map<String, FieldKind> and(Map<String, FieldKind> some, Map<String, FieldKind> others) {
        Map<String, FieldKind> all = new HashMap<>(some);
        all.putAll(others);
        return Map.copyOf(all);
    }

    static CommandOptions command(BodyFields fields) {
        CommandOptions options = fields.with(CommandOptions.none(), "reason", CommandOptions::reason);
        return fields.with(options, "commandId", CommandOptions::commandId);
    }

    static StopOptions stop(BodyFields fields) {
        StopOptions options = fields.with(StopOptions.none(), "reason", StopOptions::reason);
        options = fields.with(options, "commandId", StopOptions::commandId);
        return fields.flag("cascade", true) ? options : options.withoutChildren();
    }

    static ResumeOptions resume(BodyFields fields) {
        ResumeOptions options = fields.with(ResumeOptions.none(), "reason", ResumeOptions::reason);
        options = fields.with(options, "commandId", ResumeOptions::commandId);
        return fields.with(options, "queue", ResumeOptions::queue);
    }

    /** The priority that must be given. */
    static int priority(BodyFields fields) {
        Integer priority = fields.number("priority");
        if (priority == null || priority < 1 || priority > Limits.MAX_PRIORITY) {
            throw new ProblemException(Problem.badField(
                    "priority",
                    "priority must be 1 (goes first) to " + Limits.MAX_PRIORITY
                            + (priority == null ? ", and there is none" : ", not " + priority)));
        }
        return priority;
    }

    /** The queue to move to, which must be given. */
    static String queue(BodyFields fields) {
        String queue = fields.text("queue");
        if (queue == null || queue.isBlank()) {
            throw new ProblemException(Problem.badField("queue", "queue must be given: the queue to move to"));
        }
        if (queue.length() > Limits.MAX_NAME_CHARS) {
            throw new LimitExceededException("queue", queue.length(), Limits.MAX_NAME_CHARS, "characters");
        }
        return queue;
    }

    static MoveOptions move(BodyFields fields) {
        MoveOptions options = fields.with(MoveOptions.none(), "reason", MoveOptions::reason);
        options = fields.with(options, "commandId", MoveOptions::commandId);
        options = fields.withNumber(options, "priority", MoveOptions::priority);
        return fields.with(options, "partitionKey", MoveOptions::partitionKey);
    }

    static MessageOptions message(BodyFields fields) {
        MessageOptions options = fields.with(MessageOptions.none(), "reason", MessageOptions::reason);
        options = fields.with(options, "commandId", MessageOptions::commandId);
        return fields.with(options, "idempotencyKey", MessageOptions::idempotencyKey);
    }

    static ForkOptions fork(FromStep from, BodyFields fields) {
        ForkOptions options = fields.with(ForkOptions.from(from), "reason", ForkOptions::reason);
        options = fields.with(options, "commandId", ForkOptions::commandId);
        options = fields.with(options, "workflowId", ForkOptions::workflowId);
        options = fields.with(options, "applicationVersion", ForkOptions::applicationVersion);
        options = fields.with(options, "queue", ForkOptions::queue);
        options = fields.with(options, "timeout", (all, text) -> all.timeout(Parameters.duration("timeout", text)));
        // Null is an input too, and another one than that of the source.
        return fields.has("input") ? options.input(fields.value("input")) : options;
    }

    /** The one of the three ways to name a step that is given. */
    static FromStep from(BodyFields fields) {
        List<String> given = FROM_FIELDS.stream().filter(fields::isGiven).toList();
        if (given.size() != 1) {
            throw new ProblemException(Problem.badField(
                    given.isEmpty() ? "startStep" : given.get(1),
                    "say in one way from which step: startStep (a number from 1), stepName, or from (" + POINTS + ")"));
        }
        Integer number = fields.number("startStep");
        if (number != null) {
            return Parameters.checked("startStep", () -> FromStep.number(number));
        }
        String name = fields.text("stepName");
        return name != null
                ? Parameters.checked("stepName", () -> FromStep.named(name))
                : point(String.valueOf(fields.text("from")));
    }

    static FromStep point(String text) {
        return switch (text) {
            case "LAST_FAILURE" -> FromStep.lastFailure();
            case "LAST_STEP" -> FromStep.lastStep();
            default ->
                throw new ProblemException(
                        Problem.badField("from", "from must be " + POINTS + ", not \"" + text + "\""));
        };
    }
}
