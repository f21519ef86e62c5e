package io.millrace.worker;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what an observer throws from the threads that do the work: counting it must not stop it. Thread-safe. */
final class GuardedObserver implements WorkerObserver {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedObserver.class);

    private final WorkerObserver told;
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    GuardedObserver(WorkerObserver told) {
        this.told = told;
    }

    @Override
    public void ready(int slots, int eagerSlots) {
        tell(observer -> observer.ready(slots, eagerSlots));
    }

    @Override
    public void executionBegan(String workflowType) {
        tell(observer -> observer.executionBegan(workflowType));
    }

    @Override
    public void executionEnded(String workflowType, ExecutionEnd how, long nanos) {
        tell(observer -> observer.executionEnded(workflowType, how, nanos));
    }

    @Override
    public void stepEnded(String workflowType, StepEnd how, long nanos) {
        tell(observer -> observer.stepEnded(workflowType, how, nanos));
    }

    @Override
    public void recordSent() {
        tell(WorkerObserver::recordSent);
    }

    @Override
    public void recordAcknowledged(boolean arrived) {
        tell(observer -> observer.recordAcknowledged(arrived));
    }

    @Override
    public void heartbeat(boolean arrived) {
        tell(observer -> observer.heartbeat(arrived));
    }

    @Override
    public void leaseLost() {
        tell(WorkerObserver::leaseLost);
    }

    /** The first failure is said: what fails once does so at each call, maybe thousands of times a second. */
    private void tell(Consumer<WorkerObserver> what) {
        try {
            what.accept(told);
        } catch (Throwable e) {
            if (hasFailed.compareAndSet(false, true)) {
                LOG.warn(
                        "the worker's observer {} has thrown, so what it counts may be wrong; work goes on, and further failures of it are "
                                + "not logged",
                        told.getClass().getName(),
                        e);
            }
        }
    }
}
