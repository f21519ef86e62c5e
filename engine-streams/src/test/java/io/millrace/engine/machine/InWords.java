package io.millrace.engine.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.schemas.CommandReply;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkflowStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Decisions as tables show them: facts and, after the slash, messages; {@code -} is nothing. */
final class InWords {
    private InWords() {}

    /** What a decision comes to, with what follows from a workflow's being closed by it. */
    static String outcome(Given given, Decision decision) {
        List<Message> messages = new ArrayList<>(decision.messages());
        Given after = after(given, decision.facts());
        mustBeTheStatus(after, messages);
        if (WorkflowMachine.closes(decision.facts())) {
            messages.addAll(WorkflowMachine.afterClosing(after.workflow()));
        }
        String facts =
                decision.facts().stream().map(fact -> lower(FactKind.of(fact))).collect(Collectors.joining(", "));
        String status = statusOf(after) == statusOf(given) ? "" : " -> " + statusOf(after);
        String told = messages.stream().map(InWords::message).collect(Collectors.joining(", "));
        return (facts.isEmpty() ? "-" : facts) + status + (told.isEmpty() ? "" : " / " + told);
    }

    private static Given after(Given given, List<HistoryFact> facts) {
        if (WorkflowMachine.purges(facts)) {
            return Given.nothing();
        }
        return facts.isEmpty() ? given : given.and(facts.toArray(HistoryFact[]::new));
    }

    private static String message(Message message) {
        if (message instanceof Message.Reply reply) {
            return reply(reply.reply());
        }
        return message instanceof Message.ToWorker notice
                ? toWorker(notice.workerId(), notice.body())
                : toWorkflow((Message.ToWorkflow) message);
    }

    private static String reply(CommandReply reply) {
        return lower(reply.getOutcome()) + (reply.getExisting() ? " existing" : "");
    }

    /** An answer names the status that the workflow has now. */
    private static void mustBeTheStatus(Given after, List<Message> messages) {
        for (Message message : messages) {
            if (message instanceof Message.Reply reply) {
                assertEquals(statusOf(after), reply.reply().getStatus());
            }
        }
    }

    private static WorkflowStatus statusOf(Given given) {
        return given.isNothing() ? WorkflowStatus.UNKNOWN : given.state().getStatus();
    }

    private static String toWorker(String workerId, InboxMessage body) {
        if (body.getRevoked() != null) {
            return "revoke " + workerId;
        }
        if (body.getCancelRequested() != null) {
            return "cancel " + workerId;
        }
        return (body.getPauseChanged().getPaused() ? "pause " : "unpause ") + workerId;
    }

    private static String toWorkflow(Message.ToWorkflow told) {
        Transfer body = told.body();
        String what;
        if (body.getStartChild() != null) {
            what = "start";
        } else if (body.getStopChild() != null) {
            what = body.getStopChild().getHow() == ParentClosePolicy.TERMINATE ? "terminate" : "cancel";
        } else if (body.getChildNews() != null) {
            what = "news " + body.getChildNews().getEnded().getStatus() + " to";
        } else if (body.getMessage() != null) {
            what = "message to";
        } else if (body.getMessageReceipt() != null) {
            what = body.getMessageReceipt().getAnswered().getAccepted() ? "taken, to" : "refused, to";
        } else if (body.getForkPart() != null) {
            what = "part " + body.getForkPart().getPart() + " to";
        } else {
            what = body.getForkReceipt().getAnswered().getAccepted() ? "copied, to" : "not copied, to";
        }
        return what + " " + told.workflowId();
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
