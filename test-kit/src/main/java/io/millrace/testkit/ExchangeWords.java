package io.millrace.testkit;

import io.millrace.engine.machine.FactKind;
import io.millrace.schemas.HistoryFact;
import java.time.Instant;

/** Puts facts about messages, values and other workflows into words. */
final class ExchangeWords {
    private ExchangeWords() {}

    static String of(HistoryFact fact) {
        FactKind kind = FactKind.of(fact);
        return switch (kind) {
            case RECEIVE_STARTED -> {
                var receive = fact.getReceiveStarted();
                yield FactWords.step(receive.getSeq(), receive.getTopic()) + " waits for a message"
                        + (receive.getDueAtMs() == null ? "" : " until " + Instant.ofEpochMilli(receive.getDueAtMs()));
            }
            case RECEIVE_SEEN ->
                "the code has seen message " + fact.getReceiveSeen().getMessageNumber() + " in step "
                        + fact.getReceiveSeen().getSeq();
            case MESSAGE_SENT ->
                FactWords.step(
                                fact.getMessageSent().getSeq(),
                                fact.getMessageSent().getTopic())
                        + " sent to " + fact.getMessageSent().getWorkflowId() + ": "
                        + FactWords.of(fact.getMessageSent().getPayload());
            case VALUE_SET ->
                FactWords.step(fact.getValueSet().getSeq(), fact.getValueSet().getKey()) + " set to "
                        + FactWords.of(fact.getValueSet().getValue());
            case CHILD_STARTED -> {
                var child = fact.getChildStarted();
                yield FactWords.step(child.getSeq(), child.getStart().getWorkflowType()) + " started child "
                        + child.getChildWorkflowId();
            }
            case STEPS_COPIED ->
                fact.getStepsCopied().getSteps().size() + " steps copied from the workflow that it is a fork of";
            case MESSAGE_RECEIVED -> {
                var message = fact.getMessageReceived();
                yield "message " + message.getNumber() + " on \"" + message.getTopic() + "\" from "
                        + message.getSender() + ": " + FactWords.of(message.getPayload());
            }
            case MESSAGE_DELIVERED ->
                "message " + fact.getMessageDelivered().getNumber() + " goes to step "
                        + fact.getMessageDelivered().getSeq();
            case MESSAGE_ANSWERED ->
                "the message of step " + fact.getMessageAnswered().getSeq()
                        + (fact.getMessageAnswered().getAccepted()
                                ? " was taken"
                                : " was refused: " + fact.getMessageAnswered().getReason());
            case CHILD_ENDED ->
                "child " + fact.getChildEnded().getChildWorkflowId() + " ended "
                        + fact.getChildEnded().getStatus();
            default -> throw new IllegalArgumentException(kind + " is not about other workflows");
        };
    }
}
