package io.millrace.engine.queue;

import io.millrace.engine.machine.CommandRules;
import io.millrace.engine.machine.Message;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.SetQueue;
import io.millrace.schemas.WorkflowStatus;
import org.jspecify.annotations.Nullable;

/** Decides on commands that declare queues and change their settings. */
public final class QueueDeclarations {
    private final QueueHomes homes;
    private final QueuePost post;

    /** For the queues that are at home in one partition. */
    public QueueDeclarations(QueueHomes homes, QueuePost post) {
        this.homes = homes;
        this.post = post;
    }

    /** Decides on a command, and answers it. */
    public void onCommand(String queue, Command command, long nowMs) {
        SetQueue asked = command.getSetQueue();
        String objection = QueueRules.objectionTo(queue, asked.getSettings());
        if (objection == null) {
            // What is kept of the command goes along with every answer of the queue, which must fit a record.
            objection = CommandRules.objectionTo(queue, command);
        }
        if (objection != null) {
            reply(queue, command, CommandOutcome.REJECTED, objection, nowMs);
            return;
        }
        QueueSettings before = homes.settings(queue);
        if (asked.getDeclaration() && before != null && isKnownDeclaration(asked.getSettings(), before)) {
            reply(queue, command, CommandOutcome.ACCEPTED, "it was declared before: nothing has changed", nowMs);
            return;
        }
        QueueSettings after = settingsOf(asked, before, command.getIssuer(), nowMs);
        if (before != null && isSame(before, after)) {
            reply(queue, command, CommandOutcome.ACCEPTED, "it is so already: nothing has changed", nowMs);
            return;
        }
        homes.changeSettings(after, nowMs);
        reply(queue, command, CommandOutcome.ACCEPTED, null, nowMs);
    }

    /** A declaration that names no settings only makes sure that the queue is there. */
    private static boolean isKnownDeclaration(QueueSettings declared, QueueSettings before) {
        return declared.getDeclared() == null || declared.getDeclared().equals(before.getDeclared());
    }

    private static QueueSettings settingsOf(SetQueue asked, @Nullable QueueSettings before, String issuer, long nowMs) {
        QueueSettings after = QueueSettings.newBuilder(asked.getSettings()).build();
        after.setUpdatedAtMs(nowMs);
        after.setUpdatedBy(issuer);
        after.setRevision(before == null ? 1 : before.getRevision() + 1);
        if (!asked.getDeclaration()) {
            // What an operator sets stands until the code declares something else than it does now.
            after.setDeclared(before == null ? null : before.getDeclared());
        }
        return after;
    }

    private static boolean isSame(QueueSettings before, QueueSettings after) {
        QueueSettings compared = QueueSettings.newBuilder(after).build();
        compared.setUpdatedAtMs(before.getUpdatedAtMs());
        compared.setUpdatedBy(before.getUpdatedBy());
        compared.setRevision(before.getRevision());
        return compared.equals(before);
    }

    private void reply(String queue, Command command, CommandOutcome outcome, @Nullable String reason, long nowMs) {
        CommandReply reply = new CommandReply();
        reply.setCommandId(command.getCommandId());
        reply.setCommand("set queue");
        reply.setWorkflowId(queue);
        reply.setOutcome(outcome);
        reply.setReason(reason);
        reply.setInvalid(outcome == CommandOutcome.REJECTED);
        reply.setStatus(WorkflowStatus.UNKNOWN);
        reply.setAtMs(nowMs);
        post.send(new Message.Reply(reply, command.getReplyPartition()));
    }
}
