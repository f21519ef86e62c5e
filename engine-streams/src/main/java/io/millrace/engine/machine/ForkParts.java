package io.millrace.engine.machine;

import io.millrace.schemas.ForkPart;
import io.millrace.schemas.Limits;
import io.millrace.schemas.MessageReceived;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.StepsCopied;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a copy of a workflow together, in as many parts as it takes: no record is larger than Kafka lets through. */
final class ForkParts {
    private final List<ForkPart> parts = new ArrayList<>();
    private final int startStep;
    private int bytes;

    private ForkParts(Start start, int startStep) {
        this.startStep = startStep;
        next();
        last().setStart(start);
        bytes += RecordSizes.of(start.getInput())
                + RecordSizes.of(start.getAttributes())
                + RecordSizes.of(start.getTrace())
                + RecordSizes.of(start.getLinkedTrace());
    }

    /**
     * The parts of a copy that runs from a step on: what ended before it, values drawn before it, and all messages that no copied step has
     * received. A child that had not ended, or that ended because the source stopped, is started anew by the copy, as its own.
     */
    static List<ForkPart> of(Journal journal, Start start, int startStep) {
        ForkParts parts = new ForkParts(start, startStep);
        for (RecordedValue value : journal.values()) {
            if (value.getAfterStep() < startStep) {
                parts.fit(RecordSizes.of(value));
                parts.last().getCopied().getValues().add(value);
            }
        }
        for (RecordedStep step : journal.steps()) {
            if (isCopied(journal, step, startStep)) {
                parts.fit(RecordSizes.of(step));
                parts.last().getCopied().getSteps().add(copyOf(step, journal.receivedBy(step.getSeq())));
            }
        }
        for (Journal.Arrived arrived : journal.messagesWithout(seq -> seq >= startStep)) {
            MessageReceived message = copyOf(arrived.message());
            parts.fit(RecordSizes.of(message));
            parts.last().getMessages().add(message);
        }
        return parts.finished();
    }

    private static boolean isCopied(Journal journal, RecordedStep step, int startStep) {
        boolean ended = step.getStatus() == StepStatus.COMPLETED || step.getStatus() == StepStatus.FAILED;
        boolean stoppedChild = step.getKind() == StepKind.CHILD && journal.isStopped(step);
        return step.getSeq() < startStep && ended && !stoppedChild;
    }

    /** With the number of the message that it received: where the copy drops the step, the message waits again. */
    private static RecordedStep copyOf(RecordedStep step, @Nullable Long message) {
        if (message == null) {
            return step;
        }
        RecordedStep copy = RecordedStep.newBuilder(step).build();
        copy.setUnconfirmedMessage(message);
        return copy;
    }

    /** Without what made it a repetition at the source: the copy is another workflow. */
    private static MessageReceived copyOf(MessageReceived message) {
        MessageReceived copy = new MessageReceived();
        copy.setNumber(message.getNumber());
        copy.setTopic(message.getTopic());
        copy.setPayload(message.getPayload());
        copy.setSender(message.getSender());
        return copy;
    }

    private List<ForkPart> finished() {
        for (int i = 0; i < parts.size() - 1; i++) {
            parts.get(i).getCopied().setMore(true);
        }
        return parts;
    }

    private ForkPart last() {
        return parts.get(parts.size() - 1);
    }

    private void fit(int more) {
        if (bytes + more > Limits.GRANT_PART_BYTES && bytes > RecordSizes.FRAME_BYTES) {
            next();
        }
        bytes += more;
    }

    private void next() {
        ForkPart part = new ForkPart();
        part.setStartStep(startStep);
        part.setPart(parts.size() + 1);
        part.setCopied(new StepsCopied(new ArrayList<>(), new ArrayList<>(), false));
        part.setMessages(new ArrayList<>());
        parts.add(part);
        bytes = RecordSizes.FRAME_BYTES;
    }
}
