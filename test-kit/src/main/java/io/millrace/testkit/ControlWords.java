package io.millrace.testkit;

import io.millrace.engine.machine.FactKind;
import io.millrace.schemas.HistoryFact;
import org.jspecify.annotations.Nullable;

/** Puts facts about stopping, pausing and running again into words. */
final class ControlWords {
    private ControlWords() {}

    static String of(HistoryFact fact) {
        FactKind kind = FactKind.of(fact);
        return switch (kind) {
            case STEP_HEARTBEAT -> {
                var heartbeat = fact.getStepHeartbeat();
                yield FactWords.step(heartbeat.getSeq(), heartbeat.getName()) + " is alive: "
                        + FactWords.of(heartbeat.getDetails());
            }
            case STEP_CANCELLED ->
                FactWords.step(
                                fact.getStepCancelled().getSeq(),
                                fact.getStepCancelled().getName())
                        + " was cancelled";
            case CANCEL_SURFACED ->
                "the code was told of the cancel after "
                        + fact.getCancelSurfaced().getAfterStep() + " steps";
            case WORKFLOW_CANCELLED ->
                "the code has ended"
                        + (fact.getWorkflowCancelled().getFailure() == null
                                ? ""
                                : ", its clean-up failed: "
                                        + FactWords.of(
                                                fact.getWorkflowCancelled().getFailure()));
            case CANCEL_ASKED ->
                by(
                        "cancelled",
                        fact.getCancelAsked().getIssuer(),
                        fact.getCancelAsked().getReason());
            case CANCEL_COMPLETED -> "stopped";
            case TERMINATED ->
                by(
                        "terminated",
                        fact.getTerminated().getIssuer(),
                        fact.getTerminated().getReason());
            case PAUSED ->
                by("paused", fact.getPaused().getIssuer(), fact.getPaused().getReason());
            case UNPAUSED ->
                by(
                        "unpaused",
                        fact.getUnpaused().getIssuer(),
                        fact.getUnpaused().getReason());
            case EXPEDITED ->
                by(
                        "goes first",
                        fact.getExpedited().getIssuer(),
                        fact.getExpedited().getReason());
            case PRIORITY_SET ->
                by(
                        "has priority " + fact.getPrioritySet().getPriority(),
                        fact.getPrioritySet().getIssuer(),
                        fact.getPrioritySet().getReason());
            case MOVED_TO_QUEUE ->
                by(
                        "moved to queue " + fact.getMovedToQueue().getQueue(),
                        fact.getMovedToQueue().getIssuer(),
                        fact.getMovedToQueue().getReason());
            case REOPENED -> {
                var reopened = fact.getReopened();
                yield by(reopened.getRewind() ? "rewound" : "resumed", reopened.getIssuer(), reopened.getReason())
                        + ", from step " + reopened.getFromStep();
            }
            case FORK_ASKED ->
                by(
                                "forked",
                                fact.getForkAsked().getIssuer(),
                                fact.getForkAsked().getReason()) + ", from step "
                        + fact.getForkAsked().getStartStep();
            case FORK_ANSWERED ->
                "fork " + fact.getForkAnswered().getForkWorkflowId()
                        + (fact.getForkAnswered().getAccepted()
                                ? " is there"
                                : " was refused: " + fact.getForkAnswered().getReason());
            default -> throw new IllegalArgumentException(kind + " is not about control");
        };
    }

    private static String by(String what, String issuer, @Nullable String reason) {
        return what + " by " + issuer + (reason == null ? "" : " (" + reason + ")");
    }
}
