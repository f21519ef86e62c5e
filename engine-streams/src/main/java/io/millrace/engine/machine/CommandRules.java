package io.millrace.engine.machine;

import io.millrace.schemas.Command;
import io.millrace.schemas.EagerlyStarted;
import io.millrace.schemas.Fork;
import io.millrace.schemas.Limits;
import io.millrace.schemas.MoveToQueue;
import io.millrace.schemas.SendMessage;
import io.millrace.schemas.Start;
import org.jspecify.annotations.Nullable;

/** What a command must look like, whoever sent it: the same bounds that the client library holds to. */
public final class CommandRules {
    private static final int SHOWN_CHARS = 200;

    private CommandRules() {}

    /** Why a command is refused, in words for its issuer, or null where there is no objection to its form. */
    public static @Nullable String objectionTo(String workflowId, Command command) {
        String objection = Ids.objectionTo("workflow id", workflowId);
        if (objection == null) {
            objection = Ids.objectionTo("command id", command.getCommandId());
        }
        if (objection == null) {
            objection = objectionToText("issuer", command.getIssuer(), Limits.MAX_NAME_CHARS);
        }
        if (objection == null && command.getReason() != null) {
            objection = objectionToText("reason", command.getReason(), Limits.MAX_REASON_CHARS);
        }
        return objection != null ? objection : objectionToBody(command);
    }

    private static @Nullable String objectionToBody(Command command) {
        if (command.getStart() != null) {
            return objectionToStart(command.getStart());
        }
        if (command.getFork() != null) {
            return objectionToFork(command.getFork());
        }
        if (command.getSendMessage() != null) {
            return objectionToMessage(command.getSendMessage());
        }
        if (command.getSetPriority() != null) {
            return objectionToPriority(command.getSetPriority().getPriority());
        }
        if (command.getMoveToQueue() != null) {
            return objectionToMove(command.getMoveToQueue());
        }
        return command.getResume() == null || command.getResume().getQueue() == null
                ? null
                : objectionToName("queue", command.getResume().getQueue());
    }

    private static @Nullable String objectionToFork(Fork fork) {
        String objection = Ids.objectionTo("id of the fork", fork.getWorkflowId());
        if (objection == null && fork.getQueue() != null) {
            objection = objectionToName("queue", fork.getQueue());
        }
        if (objection == null && fork.getApplicationVersion() != null) {
            objection = objectionToName("application version", fork.getApplicationVersion());
        }
        if (objection == null && fork.getNewInput() != null) {
            objection = FactRules.objectionTo("input", fork.getNewInput().getInput());
        }
        return objection == null && fork.getTimeoutMs() != null && fork.getTimeoutMs() <= 0
                ? "the timeout is " + fork.getTimeoutMs() + " ms; it must be positive"
                : objection;
    }

    private static @Nullable String objectionToMove(MoveToQueue move) {
        String objection = objectionToName("queue", move.getQueue());
        if (objection == null) {
            objection = objectionToPriority(move.getPriority());
        }
        return objection != null ? objection : objectionToOptionalId("partition key", move.getPartitionKey());
    }

    /** Why nothing can have this priority, or null. Absent, it is no objection. */
    static @Nullable String objectionToPriority(@Nullable Integer priority) {
        return priority == null || (priority >= 1 && priority <= Limits.MAX_PRIORITY)
                ? null
                : "the priority is " + priority + "; it must be from 1 to " + Limits.MAX_PRIORITY;
    }

    /** As {@link Ids#objectionTo(String, String)}, for what may be absent. */
    static @Nullable String objectionToOptionalId(String what, @Nullable String id) {
        return id == null ? null : Ids.objectionTo(what, id);
    }

    private static @Nullable String objectionToMessage(SendMessage message) {
        String objection = objectionToTopic(message.getTopic());
        if (objection == null && message.getIdempotencyKey() != null) {
            objection = Ids.objectionTo("idempotency key", message.getIdempotencyKey());
        }
        return objection != null ? objection : FactRules.objectionTo("message", message.getPayload());
    }

    /** Why a message is not taken on this topic, or null. */
    static @Nullable String objectionToTopic(String topic) {
        return objectionToName("topic", topic);
    }

    /** Why a child is not started: it is held to the same rules as any other workflow. */
    static @Nullable String objectionToChild(String workflowId, Start start) {
        String objection = Ids.objectionTo("workflow id", workflowId);
        return objection != null ? objection : objectionToStart(start);
    }

    /**
     * Why an eager start is refused. It is held to the same rules, and as it runs already, it can neither be delayed nor ask whether a
     * deduplication id is free.
     */
    static @Nullable String objectionTo(String workflowId, EagerlyStarted eager) {
        String objection = Ids.objectionTo("workflow id", workflowId);
        if (objection == null) {
            objection = Ids.objectionTo("command id", eager.getCommandId());
        }
        if (objection == null) {
            objection = objectionToText("issuer", eager.getIssuer(), Limits.MAX_NAME_CHARS);
        }
        if (objection == null) {
            objection = objectionToStart(eager.getStart());
        }
        boolean delayed =
                eager.getStart().getDelayMs() != null && eager.getStart().getDelayMs() > 0;
        if (objection == null && eager.getStart().getDeduplicationId() != null) {
            objection = "an eager start cannot have a deduplication id: nobody has said that it is free";
        }
        return objection == null && delayed ? "an eager start cannot be delayed" : objection;
    }

    static @Nullable String objectionToStart(Start start) {
        String objection = objectionToName("workflow type", start.getWorkflowType());
        if (objection == null) {
            objection = objectionToName("queue", start.getQueue());
        }
        if (objection == null && start.getApplicationVersion() != null) {
            objection = objectionToName("application version", start.getApplicationVersion());
        }
        if (objection == null) {
            objection = FactRules.objectionTo("input", start.getInput());
        }
        if (objection == null && start.getDelayMs() != null && start.getDelayMs() < 0) {
            objection = "the delay is " + start.getDelayMs() + " ms; it must not be negative";
        }
        if (objection == null && start.getTimeoutMs() != null && start.getTimeoutMs() <= 0) {
            objection = "the timeout is " + start.getTimeoutMs() + " ms; it must be positive";
        }
        if (objection == null) {
            objection = Retention.objectionTo(start.getRetentionMs());
        }
        if (objection == null) {
            objection = objectionToPlace(start);
        }
        return objection != null ? objection : objectionToAttributes(start);
    }

    private static @Nullable String objectionToPlace(Start start) {
        String objection = objectionToPriority(start.getPriority());
        if (objection == null) {
            objection = objectionToOptionalId("deduplication id", start.getDeduplicationId());
        }
        return objection != null ? objection : objectionToOptionalId("partition key", start.getPartitionKey());
    }

    private static @Nullable String objectionToAttributes(Start start) {
        int chars = 0;
        for (var attribute : start.getAttributes().entrySet()) {
            chars += attribute.getKey().length() + attribute.getValue().length();
        }
        return chars <= Limits.MAX_ATTRIBUTES_CHARS
                ? null
                : "the attributes have " + chars + " characters; the limit is " + Limits.MAX_ATTRIBUTES_CHARS;
    }

    static @Nullable String objectionToName(String what, String name) {
        return Ids.objectionTo(what, name, Limits.MAX_NAME_CHARS);
    }

    /** Why a text is refused that is longer than this, or null. */
    public static @Nullable String objectionToText(String what, String text, int limit) {
        return text.length() <= limit
                ? null
                : "the " + what + " has " + text.length() + " characters; the limit is " + limit;
    }

    /** A text that may be over its limit, shortened to be shown; it says so. */
    public static String shown(String text) {
        return text.length() <= SHOWN_CHARS
                ? text
                : text.substring(0, SHOWN_CHARS) + "... (" + text.length() + " characters)";
    }
}
