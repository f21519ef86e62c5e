package io.millrace.worker.internal.execution;

import io.millrace.worker.StepContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the code of one attempt of a step sees. */
record AttemptContext(String workflowId, int seq, String name, int attempt) implements StepContext {
    @Override
    public void heartbeat(@Nullable Object details) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Optional<T> lastHeartbeat(Class<T> type) {
        throw new UnsupportedOperationException();
    }
}
