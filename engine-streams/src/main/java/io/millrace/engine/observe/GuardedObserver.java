package io.millrace.engine.observe;

import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowStatus;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between the engine and an observer that throws, although it must not: counting never stops work. The first failure is logged, and
 * the observer is told on.
 */
public final class GuardedObserver implements EngineObserver {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedObserver.class);

    private final EngineObserver observer;
    private final AtomicBoolean failed = new AtomicBoolean();

    /** Guards one observer. */
    public GuardedObserver(EngineObserver observer) {
        this.observer = observer;
    }

    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | LinkageError e) {
            if (failed.compareAndSet(false, true)) {
                LOG.error(
                        "the engine's observer {} failed, so what it counts is not right; later failures of it are not logged",
                        observer.getClass().getName(),
                        e);
            }
        }
    }

    @Override
    public void recordTaken(Topic topic, long waitedMs) {
        tell(() -> observer.recordTaken(topic, waitedMs));
    }

    @Override
    public void commandAnswered(@Nullable String command, CommandOutcome outcome) {
        tell(() -> observer.commandAnswered(command, outcome));
    }

    @Override
    public void queryAnswered(String query, boolean answered) {
        tell(() -> observer.queryAnswered(query, answered));
    }

    @Override
    public void workflowStarted(String workflowType) {
        tell(() -> observer.workflowStarted(workflowType));
    }

    @Override
    public void workflowClosed(String workflowType, WorkflowStatus outcome, long ranMs) {
        tell(() -> observer.workflowClosed(workflowType, outcome, ranMs));
    }

    @Override
    public void workflowPurged(String workflowType) {
        tell(() -> observer.workflowPurged(workflowType));
    }

    @Override
    public void stepEnded(String workflowType, StepOutcome outcome, long tookMs) {
        tell(() -> observer.stepEnded(workflowType, outcome, tookMs));
    }

    @Override
    public void granted(GrantKind kind, long waitedMs) {
        tell(() -> observer.granted(kind, waitedMs));
    }

    @Override
    public void leaseLost() {
        tell(observer::leaseLost);
    }

    @Override
    public void released() {
        tell(observer::released);
    }

    @Override
    public void timerFired(long lateMs) {
        tell(() -> observer.timerFired(lateMs));
    }

    @Override
    public void deadLettered(Topic topic) {
        tell(() -> observer.deadLettered(topic));
    }

    @Override
    public void restored(int partition, long records, long left) {
        tell(() -> observer.restored(partition, records, left));
    }

    @Override
    public void threadFailed() {
        tell(observer::threadFailed);
    }
}
