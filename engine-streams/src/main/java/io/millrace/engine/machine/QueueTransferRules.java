package io.millrace.engine.machine;

import io.millrace.schemas.HoldsSlot;
import io.millrace.schemas.QueueAnswered;
import io.millrace.schemas.QueueAsked;
import io.millrace.schemas.QueueChange;
import io.millrace.schemas.QueueMatch;
import io.millrace.schemas.QueueMatches;
import io.millrace.schemas.QueueNews;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.Waits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a transfer between a queue and its workflows must look like, as {@link TransferRules} for all of them. */
final class QueueTransferRules {
    /** Most changes, or matches, in one transfer. Engines send a few hundred at once; each becomes rows. */
    private static final int MAX_LISTED = 10_000;

    /** Longest id of a command that comes back, in characters: one that is too long for a command is still answered, as not valid. */
    private static final int MAX_ANSWERABLE_CHARS = 16 * 1024;

    private QueueTransferRules() {}

    /** Why the transfer is no engine's, or null where it may be one, or is between workflows. */
    static @Nullable String objectionTo(String key, Transfer transfer) {
        if (transfer.getQueueAsked() != null) {
            String queue = transfer.getQueueAsked().getQueue();
            return key.equals(queue) ? objectionTo(transfer.getQueueAsked()) : objectionToKey(key, queue);
        }
        if (transfer.getQueueAnswered() != null) {
            String workflowId = transfer.getQueueAnswered().getAsked().getWorkflowId();
            return key.equals(workflowId) ? objectionTo(transfer.getQueueAnswered()) : objectionToKey(key, workflowId);
        }
        if (transfer.getDeduplicationIdFreed() != null) {
            return Ids.objectionTo(
                    "deduplication id", transfer.getDeduplicationIdFreed().getDeduplicationId());
        }
        if (transfer.getQueueNews() != null) {
            return objectionTo(transfer.getQueueNews());
        }
        return transfer.getQueueMatches() == null ? null : objectionTo(transfer.getQueueMatches());
    }

    private static String objectionToKey(String key, String told) {
        return "the transfer's key is \"" + key + "\", but it tells \"" + CommandRules.shown(told) + "\"";
    }

    private static @Nullable String objectionTo(QueueAsked asked) {
        if ((asked.getCommand() == null) == (asked.getStartChild() == null)) {
            return "a queue is asked about "
                    + (asked.getCommand() == null ? "neither a command nor" : "both a command and")
                    + " a child; it is one of the two";
        }
        String objection = Ids.objectionTo("workflow id", asked.getWorkflowId());
        if (objection == null) {
            objection = CommandRules.objectionToName("queue", asked.getQueue());
        }
        if (objection == null) {
            objection = CommandRules.objectionToPriority(asked.getPriority());
        }
        if (objection == null) {
            objection = CommandRules.objectionToOptionalId("partition key", asked.getPartitionKey());
        }
        if (objection == null) {
            objection = CommandRules.objectionToOptionalId("deduplication id", asked.getDeduplicationId());
        }
        return objection != null ? objection : objectionToWhatIsAsked(asked);
    }

    /** A command need only be such that it can be answered: its form is judged when it comes back. */
    private static @Nullable String objectionToWhatIsAsked(QueueAsked asked) {
        if (asked.getCommand() != null) {
            return CommandRules.objectionToText("command id", asked.getCommand().getCommandId(), MAX_ANSWERABLE_CHARS);
        }
        if (asked.getParentWorkflowId() == null) {
            return "a queue is asked about a child without a parent";
        }
        String objection = Ids.objectionTo("id of the parent", asked.getParentWorkflowId());
        return objection != null ? objection : TransferRules.objectionTo(asked.getStartChild());
    }

    private static @Nullable String objectionTo(QueueAnswered answered) {
        String objection = objectionTo(answered.getAsked());
        if (objection == null) {
            objection = TransferRules.objectionToReason(answered.getObjection());
        }
        if (objection == null) {
            objection = CommandRules.objectionToOptionalId("id of the holder", answered.getHolder());
        }
        boolean ofAnother = answered.getSettings() != null
                && !answered.getAsked().getQueue().equals(answered.getSettings().getQueue());
        if (objection == null && ofAnother) {
            objection = "the settings are not those of the queue that was asked";
        }
        boolean heldForNothing =
                answered.getHolder() != null && answered.getAsked().getDeduplicationId() == null;
        return objection == null && heldForNothing ? "there is a holder, but no deduplication id" : objection;
    }

    private static @Nullable String objectionTo(QueueNews news) {
        String objection = objectionToSize("changes", news.getChanges());
        for (QueueChange change : news.getChanges()) {
            objection = objection != null ? objection : objectionTo(change);
        }
        return objection;
    }

    private static @Nullable String objectionTo(QueueChange change) {
        int bodies = (change.getWaits() == null ? 0 : 1)
                + (change.getHoldsSlot() == null ? 0 : 1)
                + (change.getBegan() ? 1 : 0);
        if (bodies > 1) {
            return "a change says " + bodies + " things in one";
        }
        String objection = Ids.objectionTo("workflow id", change.getWorkflowId());
        if (objection == null) {
            objection = objectionToNumber("ticket", change.getTicket(), 1);
        }
        if (objection == null && change.getWaits() != null) {
            objection = objectionTo(change.getWaits());
        }
        return objection != null || change.getHoldsSlot() == null ? objection : objectionTo(change.getHoldsSlot());
    }

    private static @Nullable String objectionTo(Waits waits) {
        String objection = CommandRules.objectionToName("workflow type", waits.getWorkflowType());
        if (objection == null && waits.getApplicationVersion() != null) {
            objection = CommandRules.objectionToName("application version", waits.getApplicationVersion());
        }
        if (objection == null) {
            objection = CommandRules.objectionToOptionalId("partition key", waits.getPartitionKey());
        }
        if (objection == null) {
            objection = CommandRules.objectionToPriority(waits.getPriority());
        }
        if (objection == null) {
            objection = objectionToNumber("place in the queue", waits.getQueueOrder(), 0);
        }
        return objection != null
                ? objection
                : CommandRules.objectionToOptionalId("worker id", waits.getPreferredWorkerId());
    }

    private static @Nullable String objectionTo(HoldsSlot slot) {
        String objection = CommandRules.objectionToOptionalId("partition key", slot.getPartitionKey());
        return objection != null ? objection : CommandRules.objectionToOptionalId("worker id", slot.getWorkerId());
    }

    private static @Nullable String objectionTo(QueueMatches matches) {
        String objection = objectionToSize("matches", matches.getMatches());
        for (QueueMatch match : matches.getMatches()) {
            objection = objection != null ? objection : objectionTo(match);
        }
        return objection;
    }

    private static @Nullable String objectionTo(QueueMatch match) {
        String objection = Ids.objectionTo("workflow id", match.getWorkflowId());
        if (objection == null) {
            objection = Ids.objectionTo("worker id", match.getWorkerId());
        }
        if (objection == null) {
            objection = objectionToNumber("ticket", match.getTicket(), 1);
        }
        if (objection == null) {
            objection = objectionToNumber("number of the grant", match.getNumber(), 1);
        }
        return objection != null ? objection : objectionToNumber("credit partition", match.getCreditPartition(), 0);
    }

    private static @Nullable String objectionToSize(String what, List<?> listed) {
        return !listed.isEmpty() && listed.size() <= MAX_LISTED
                ? null
                : "there are " + listed.size() + " " + what + " in one; it must be from 1 to " + MAX_LISTED;
    }

    private static @Nullable String objectionToNumber(String what, long number, long least) {
        return number >= least ? null : "the " + what + " is " + number + "; the least is " + least;
    }
}
