package io.millrace.worker.internal.execution;

import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The steps of one execution that have ended outside its worker and that its code has not come to see: an end may come while the code
 * does something else. Thread-safe.
 */
final class OutsideEnds {
    private final Map<Integer, RecordedStep> ends = new ConcurrentHashMap<>();

    /** The last word stands: what an aborted transaction said before it is not so. */
    void put(RecordedStep step) {
        if (step.getStatus() == StepStatus.COMPLETED || step.getStatus() == StepStatus.FAILED) {
            ends.put(step.getSeq(), step);
        }
    }

    boolean has(int seq) {
        return ends.containsKey(seq);
    }

    /** The end of this step, which is there; it is the caller's to keep. */
    RecordedStep take(int seq) {
        RecordedStep end = ends.remove(seq);
        if (end == null) {
            throw new AssertionError("step " + seq + " has not ended");
        }
        return end;
    }
}
