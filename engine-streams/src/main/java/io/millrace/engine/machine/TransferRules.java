package io.millrace.engine.machine;

import io.millrace.schemas.ChildEnded;
import io.millrace.schemas.ForkPart;
import io.millrace.schemas.ForkReceipt;
import io.millrace.schemas.Limits;
import io.millrace.schemas.MessageReceived;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.StartChild;
import io.millrace.schemas.Transfer;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a transfer must look like. Engines send none that does not; but anyone who can write to the topic could, and what is told here
 * becomes keys and rows, which must be such as Kafka and the stores take.
 */
public final class TransferRules {
    private TransferRules() {}

    /**
     * Why a transfer is no engine's, or null where it may be one.
     *
     * @param key of its record: the workflow or the queue that is told
     */
    public static @Nullable String objectionTo(String key, Transfer transfer) {
        long bodies = bodies(transfer);
        if (bodies != 1) {
            return bodies == 0
                    ? "the transfer tells nothing that this engine knows"
                    : "the transfer tells " + bodies + " things in one";
        }
        String objection = Ids.objectionTo("workflow id", key);
        if (objection == null) {
            objection = Ids.objectionTo("id of the workflow that sent it", transfer.getFromWorkflowId());
        }
        if (objection == null) {
            objection = QueueTransferRules.objectionTo(key, transfer);
        }
        return objection != null ? objection : objectionToBody(transfer);
    }

    private static long bodies(Transfer transfer) {
        return Stream.of(
                        transfer.getStartChild(),
                        transfer.getStopChild(),
                        transfer.getChildNews(),
                        transfer.getMessage(),
                        transfer.getMessageReceipt(),
                        transfer.getForkPart(),
                        transfer.getForkReceipt(),
                        transfer.getQueueAsked(),
                        transfer.getQueueAnswered(),
                        transfer.getDeduplicationIdFreed(),
                        transfer.getQueueNews(),
                        transfer.getQueueMatches())
                .filter(Objects::nonNull)
                .count();
    }

    private static @Nullable String objectionToBody(Transfer transfer) {
        if (transfer.getStartChild() != null) {
            return objectionTo(transfer.getStartChild());
        }
        if (transfer.getStopChild() != null) {
            return objectionToReason(transfer.getStopChild().getReason());
        }
        if (transfer.getChildNews() != null) {
            return objectionTo(transfer.getChildNews().getEnded());
        }
        if (transfer.getMessage() != null) {
            String objection =
                    CommandRules.objectionToTopic(transfer.getMessage().getTopic());
            return objection != null
                    ? objection
                    : FactRules.objectionTo("message", transfer.getMessage().getPayload());
        }
        if (transfer.getMessageReceipt() != null) {
            return objectionToReason(transfer.getMessageReceipt().getAnswered().getReason());
        }
        if (transfer.getForkPart() != null) {
            return objectionTo(transfer.getForkPart());
        }
        return transfer.getForkReceipt() == null ? null : objectionTo(transfer.getForkReceipt());
    }

    static @Nullable String objectionTo(StartChild child) {
        if (child.getDeadlineMs() != null && child.getDeadlineMs() < 0) {
            return "the deadline is " + child.getDeadlineMs() + "; times are counted from 1970";
        }
        return CommandRules.objectionToStart(child.getStart());
    }

    private static @Nullable String objectionTo(ChildEnded ended) {
        String objection = Ids.objectionTo("id of the child", ended.getChildWorkflowId());
        if (objection == null) {
            objection = FactRules.objectionTo("output of the child", ended.getOutput());
        }
        return objection != null || ended.getFailure() == null ? objection : FactRules.objectionTo(ended.getFailure());
    }

    private static @Nullable String objectionTo(ForkReceipt receipt) {
        String objection = Ids.objectionTo("command id", receipt.getAnswered().getCommandId());
        if (objection == null) {
            objection = Ids.objectionTo("id of the fork", receipt.getAnswered().getForkWorkflowId());
        }
        return objection != null
                ? objection
                : objectionToReason(receipt.getAnswered().getReason());
    }

    private static @Nullable String objectionTo(ForkPart part) {
        if ((part.getPart() == 1) != (part.getStart() != null)) {
            return "part " + part.getPart() + " of a fork "
                    + (part.getStart() == null ? "is without the start" : "has a start")
                    + "; the first part has it, and no other one";
        }
        String objection = Ids.objectionTo("command id", part.getCommandId());
        if (objection == null) {
            objection = CommandRules.objectionToText("issuer", part.getIssuer(), Limits.MAX_NAME_CHARS);
        }
        if (objection == null) {
            objection = objectionToReason(part.getReason());
        }
        if (objection == null && part.getStart() != null) {
            objection = CommandRules.objectionToStart(part.getStart());
        }
        return objection != null ? objection : objectionToContents(part);
    }

    private static @Nullable String objectionToContents(ForkPart part) {
        String objection = null;
        for (RecordedStep step : part.getCopied().getSteps()) {
            objection = objection != null ? objection : objectionTo(step);
        }
        for (RecordedValue value : part.getCopied().getValues()) {
            objection = objection != null ? objection : FactRules.objectionTo(value);
        }
        for (MessageReceived message : part.getMessages()) {
            objection = objection != null ? objection : CommandRules.objectionToTopic(message.getTopic());
        }
        return objection;
    }

    private static @Nullable String objectionTo(RecordedStep step) {
        if (!StepRecords.hasEnded(step)) {
            return "step " + step.getSeq() + " is " + step.getStatus() + "; only steps that have ended are copied";
        }
        return FactRules.objectionToStep(step.getSeq(), step.getName(), step.getFailure());
    }

    static @Nullable String objectionToReason(@Nullable String reason) {
        return reason == null ? null : CommandRules.objectionToText("reason", reason, Limits.MAX_REASON_CHARS);
    }
}
