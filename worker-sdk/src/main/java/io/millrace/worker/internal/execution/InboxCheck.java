package io.millrace.worker.internal.execution;

import io.millrace.schemas.CreditSettled;
import io.millrace.schemas.CreditWanted;
import io.millrace.schemas.Grant;
import io.millrace.schemas.GrantVoid;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Limits;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import io.millrace.worker.internal.transport.WorkerTransport;
import java.util.List;
import java.util.Set;

/**
 * Tells what an engine may have sent from what none has. Whoever may write to the inbox can send a record with any numbers in it, and a
 * worker sends to the partition that a grant names, under the names in it, and counts by its number: one that is impossible must not come so far.
 */
final class InboxCheck {
    /**
     * Most parts of a grant: two in a row are together larger than the size at which a grant goes on in another part. Twice that, because the
     * event that goes beyond the limit of a history is part of it, too.
     */
    private static final int MAX_PARTS = (int) (4 * Limits.MAX_HISTORY_BYTES / Limits.GRANT_PART_BYTES);

    /** What ends outside the worker. */
    private static final Set<StepKind> OUTSIDE = Set.of(StepKind.RECEIVE, StepKind.SEND, StepKind.CHILD);

    private final WorkerTransport transport;
    private final CreditDesk credit;

    InboxCheck(WorkerTransport transport, CreditDesk credit) {
        this.transport = transport;
        this.credit = credit;
    }

    /**
     * Lets a message through that an engine may have sent.
     *
     * @throws IllegalArgumentException if none has; the message says why
     */
    void requirePossible(InboxMessage message) {
        if (message.getGrant() != null) {
            requirePossible(message.getGrant());
        } else if (message.getCreditWanted() != null) {
            CreditWanted wanted = message.getCreditWanted();
            requirePartition(wanted.getPartition());
            requireNotNegative("the number of workflows that could be granted", wanted.getWanted());
        } else if (message.getCreditSettled() != null) {
            CreditSettled settled = message.getCreditSettled();
            requirePartition(settled.getPartition());
            requireNumber(settled.getPartition(), settled.getGranted(), 0);
        } else if (message.getGrantVoid() != null) {
            GrantVoid missing = message.getGrantVoid();
            requirePartition(missing.getPartition());
            requireNumber(missing.getPartition(), missing.getNumber(), 1);
        } else if (message.getStepEnded() != null) {
            requireEnd(message.getStepEnded().getStep());
        }
    }

    private void requirePossible(Grant grant) {
        Names.requireId("a workflow id", grant.getWorkflowId(), Limits.MAX_ID_CHARS);
        Names.requireLength("a workflow type", grant.getWorkflowType(), Limits.MAX_NAME_CHARS);
        Names.requireLength("a queue", grant.getQueue(), Limits.MAX_NAME_CHARS);
        if (grant.getApplicationVersion() != null) {
            Names.requireLength("an application version", grant.getApplicationVersion(), Limits.MAX_NAME_CHARS);
        }
        int own = transport.partitionOf(grant.getWorkflowId());
        if (grant.getPartition() != own) {
            throw new IllegalArgumentException(
                    "the workflow is of partition " + own + ", and not of partition " + grant.getPartition());
        }
        int creditPartition = creditPartition(grant);
        requirePartition(creditPartition);
        requireNumber(creditPartition, grant.getNumber(), 1);
        if (grant.getEpoch() < 1) {
            throw new IllegalArgumentException("epochs begin with 1, and this one is " + grant.getEpoch());
        }
        requirePart(grant);
        requireNotNegative("the number of lost workers", grant.getRecoveryAttempts());
        requireNotNegative("the number of resumes", grant.getRun());
        requireRecord(grant.getSteps());
    }

    /** The partition whose credit a grant uses. */
    static int creditPartition(Grant grant) {
        Integer other = grant.getCreditPartition();
        return other == null ? grant.getPartition() : other;
    }

    private void requirePartition(int partition) {
        if (partition < 0 || partition >= transport.partitions()) {
            throw new IllegalArgumentException(
                    "there is no partition " + partition + ": their numbers are 0 to " + (transport.partitions() - 1));
        }
    }

    private void requireNumber(int partition, long number, int first) {
        if (number < first || !credit.mayBeGrant(partition, number)) {
            throw new IllegalArgumentException(
                    "partition " + partition + " cannot have made a grant of the number " + number + " yet");
        }
    }

    private static void requirePart(Grant grant) {
        boolean possible = grant.getPart() >= 1 && grant.getPart() <= grant.getParts() && grant.getParts() <= MAX_PARTS;
        if (!possible) {
            throw new IllegalArgumentException("a grant has 1 to " + MAX_PARTS + " parts, and this is part "
                    + grant.getPart() + " of " + grant.getParts());
        }
    }

    private static void requireRecord(List<RecordedStep> steps) {
        for (RecordedStep step : steps) {
            requireStep(step);
        }
    }

    private static void requireEnd(RecordedStep step) {
        requireStep(step);
        boolean ended = step.getStatus() == StepStatus.COMPLETED || step.getStatus() == StepStatus.FAILED;
        if (!ended || !OUTSIDE.contains(step.getKind())) {
            throw new IllegalArgumentException(
                    "no " + step.getKind() + " that is " + step.getStatus() + " has ended outside a worker");
        }
    }

    private static void requireStep(RecordedStep step) {
        if (step.getSeq() < 1 || step.getSeq() > Limits.MAX_STEPS) {
            throw new IllegalArgumentException(
                    "steps have the numbers 1 to " + Limits.MAX_STEPS + ", and this one has " + step.getSeq());
        }
        if (step.getStatus() == StepStatus.FAILED && step.getFailure() == null) {
            throw new IllegalArgumentException("step " + step.getSeq() + " has failed without a failure");
        }
        requireNotNegative("the number of attempts", step.getAttempts());
    }

    private static void requireNotNegative(String what, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " is not negative, and this one is " + value);
        }
    }
}
