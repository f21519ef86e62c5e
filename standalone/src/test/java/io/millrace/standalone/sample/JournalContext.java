package io.millrace.standalone.sample;

import io.millrace.worker.Child;
import io.millrace.worker.ChildOptions;
import io.millrace.worker.Promise;
import io.millrace.worker.StepCall;
import io.millrace.worker.StepContext;
import io.millrace.worker.StepFailedException;
import io.millrace.worker.WorkflowContext;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a workflow's code on a journal in memory: completed steps return what is on record, others run at once, without
 * waits between attempts. A run that follows on the same journal is what a resume is; a copy of its beginning is a fork.
 */
final class JournalContext implements WorkflowContext {
    private final String workflowId;
    private final UUID uuid;
    private final TreeMap<Integer, Object> completed;
    private final List<String> ran = new ArrayList<>();
    private int seq;

    private JournalContext(String workflowId, UUID uuid, TreeMap<Integer, Object> completed) {
        this.workflowId = workflowId;
        this.uuid = uuid;
        this.completed = completed;
    }

    static JournalContext start(String workflowId) {
        return new JournalContext(workflowId, UUID.randomUUID(), new TreeMap<>());
    }

    JournalContext resume() {
        return new JournalContext(workflowId, uuid, completed);
    }

    JournalContext fork(String newId, int startStep) {
        return new JournalContext(newId, uuid, new TreeMap<>(completed.headMap(startStep)));
    }

    /** Each attempt that was made in this run, as the step's name and the attempt. */
    List<String> ran() {
        return ran;
    }

    @Override
    public String workflowId() {
        return workflowId;
    }

    @Override
    @SuppressWarnings("unchecked") // what was recorded at a position is what that call returned
    public <T extends @Nullable Object> T step(StepCall<T> call) {
        int position = ++seq;
        if (completed.containsKey(position)) {
            return (T) completed.get(position);
        }
        T result = attempt(call, position, 1);
        completed.put(position, result);
        return result;
    }

    private <T extends @Nullable Object> T attempt(StepCall<T> call, int position, int attempt) {
        ran.add(call.name() + " #" + attempt);
        try {
            return call.code().run(new Attempt(workflowId, position, call.name(), attempt));
        } catch (Exception e) {
            if (call.retryPolicy().retries(attempt, e)) {
                return attempt(call, position, attempt + 1);
            }
            throw new StepFailedException(
                    call.name(), position, attempt, e.getClass().getName(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public <T extends @Nullable Object> Promise<T> stepAsync(StepCall<T> call) {
        Supplier<T> outcome;
        try {
            T result = step(call);
            outcome = () -> result;
        } catch (StepFailedException e) {
            outcome = () -> {
                throw e;
            };
        }
        return outcome::get;
    }

    @Override
    public void sleep(Duration duration) {
        completed.putIfAbsent(++seq, duration);
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }

    @Override
    public RandomGenerator random() {
        return new Random(0);
    }

    @Override
    public UUID uuid() {
        return uuid;
    }

    @Override
    public Logger logger() {
        return LoggerFactory.getLogger(JournalContext.class);
    }

    @Override
    public <T extends @Nullable Object> T shielded(Callable<T> cleanup) throws Exception {
        return cleanup.call();
    }

    @Override
    public <T> @Nullable T receiveOrNull(String topic, Type type, @Nullable Duration timeout) {
        throw notInSamples("receive");
    }

    @Override
    public void send(String toWorkflowId, String topic, Object payload) {
        throw notInSamples("send");
    }

    @Override
    public void setValue(String key, @Nullable Object value) {
        throw notInSamples("setValue");
    }

    @Override
    public <T extends @Nullable Object> Child<T> child(
            String workflowType, @Nullable Object input, Type resultType, ChildOptions options) {
        throw notInSamples("child");
    }

    private static UnsupportedOperationException notInSamples(String call) {
        return new UnsupportedOperationException("no sample workflow has a " + call + ", so the journal knows none");
    }

    /** A journal has no clock, so it has no use for heartbeats. */
    private record Attempt(String workflowId, int seq, String name, int attempt) implements StepContext {
        @Override
        public void heartbeat(@Nullable Object details) {
            throw notInSamples("heartbeat");
        }

        @Override
        public <T> Optional<T> lastHeartbeat(Class<T> type) {
            return Optional.empty();
        }
    }
}
