package io.millrace.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.ChildEnded;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepCompleted;
import io.millrace.schemas.StepsCopied;
import io.millrace.schemas.WorkflowStarted;
import io.millrace.schemas.WorkflowStatus;
import java.util.Map;

/** What must hold between workflows: forks and their sources, children and their parents. */
final class FamilyInvariants {
    private final Map<String, RecordedHistory> histories;

    /** All of any family that one of these is of. */
    FamilyInvariants(Map<String, RecordedHistory> histories) {
        this.histories = histories;
    }

    void check(RecordedHistory history) {
        WorkflowStarted start = history.facts(HistoryFact::getWorkflowStarted).get(0);
        if (start.getForkedFrom() != null) {
            checkFork(history, start);
        }
        if (start.getParentWorkflowId() != null) {
            checkChild(history, start.getParentWorkflowId());
        }
        history.facts(HistoryFact::getChildEnded).forEach(this::checkOutcome);
    }

    /** A fork has its source's steps with what they returned. */
    private void checkFork(RecordedHistory fork, WorkflowStarted start) {
        RecordedHistory source = histories.get(start.getForkedFrom());
        assertNotNull(source, "its source has no history");
        for (StepsCopied copied : fork.facts(HistoryFact::getStepsCopied)) {
            for (RecordedStep step : copied.getSteps()) {
                assertTrue(step.getSeq() < start.getForkedFromStep(), "a step was copied that it runs itself");
                source.facts(HistoryFact::getStepCompleted).stream()
                        .filter(completed -> completed.getSeq() == step.getSeq())
                        .map(StepCompleted::getOutput)
                        .forEach(output -> assertEquals(output, step.getOutput(), "a step was copied wrongly"));
            }
        }
    }

    /** A parent that is cancelled has stopped only when its children have. */
    private void checkChild(RecordedHistory child, String parentId) {
        RecordedHistory parent = histories.get(parentId);
        assertNotNull(parent, "its parent has no history");
        parent.dated().stream()
                .filter(dated -> dated.fact().getCancelCompleted() != null)
                .forEach(cancelled -> assertTrue(
                        child.span()[1] <= cancelled.atMs(),
                        () -> "its parent was cancelled before it ended: " + parent));
    }

    /** What the parent has learned is how the child has ended. */
    private void checkOutcome(ChildEnded ended) {
        RecordedHistory child = histories.get(ended.getChildWorkflowId());
        if (ended.getStatus() != WorkflowStatus.UNKNOWN) {
            assertNotNull(child, "its child " + ended.getChildWorkflowId() + " has no history");
            assertEquals(ended.getStatus(), child.closedAs().orElse(null), "its child has ended otherwise");
        }
    }
}
