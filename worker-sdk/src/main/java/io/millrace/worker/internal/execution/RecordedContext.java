package io.millrace.worker.internal.execution;

import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.SleepStarted;
import io.millrace.schemas.StepCancelled;
import io.millrace.schemas.StepCompleted;
import io.millrace.schemas.StepKind;
import io.millrace.worker.Child;
import io.millrace.worker.ChildOptions;
import io.millrace.worker.Promise;
import io.millrace.worker.StepCall;
import io.millrace.worker.StepFailedException;
import io.millrace.worker.WorkflowContext;
import io.millrace.worker.internal.replay.Difference;
import io.millrace.worker.internal.replay.Journal;
import io.millrace.worker.internal.replay.StepDecision;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The context that a workflow's code sees: asks {@link CodeProgress} first, and does and reports what is not on record. For the
 * workflow's thread alone.
 */
final class RecordedContext implements WorkflowContext {
    private static final String SLEEP = "sleep";
    private static final Duration LONGEST_SLEEP = Duration.ofDays(36_525);

    private final Execution execution;
    private final CodeProgress progress;
    private final WorkflowThread thread;
    private final StepRunner runner;
    private final OutsideSteps outside;
    private final MessageSteps messages;
    private final ChildSteps children;
    private final Logger logger;

    RecordedContext(Execution execution, CodeProgress progress, WorkflowThread thread, Assignment assignment) {
        this.execution = execution;
        this.progress = progress;
        this.thread = thread;
        this.runner = new StepRunner(execution, progress, thread);
        this.outside = new OutsideSteps(execution, progress, thread);
        this.messages = new MessageSteps(execution, progress, outside);
        this.children = new ChildSteps(execution, progress, outside, assignment);
        this.logger = new ReplayQuietLogger(
                LoggerFactory.getLogger("millrace.workflow." + assignment.workflowType()), progress::replaying);
    }

    @Override
    public <T extends @Nullable Object> T step(StepCall<T> call) {
        StepDecision decision = progress.call(call.name(), StepKind.STEP);
        if (decision instanceof StepDecision.Go go) {
            StepRun<T> run = newRun(call, go);
            if (run.needsOwnThread()) {
                runner.runAway(run, go.dueAtMs());
            } else {
                runner.runHere(run, go.dueAtMs());
            }
            return run.promise().result();
        }
        return recorded(decision, call).result();
    }

    @Override
    public <T extends @Nullable Object> Promise<T> stepAsync(StepCall<T> call) {
        StepDecision decision = progress.callBeside(call.name(), StepKind.STEP);
        if (decision instanceof StepDecision.Go go) {
            StepRun<T> run = newRun(call, go);
            runner.runBeside(run, go.dueAtMs());
            return run.promise();
        }
        return recorded(decision, call);
    }

    private <T extends @Nullable Object> StepRun<T> newRun(StepCall<T> call, StepDecision.Go go) {
        return new StepRun<>(
                execution,
                call,
                new StepPromise<>(go.seq(), progress),
                go.recorded(),
                progress.cancel().shielded());
    }

    @SuppressWarnings("unchecked")
    private <T extends @Nullable Object> StepPromise<T> recorded(StepDecision decision, StepCall<T> call) {
        if (decision instanceof StepDecision.Return known) {
            StepPromise<T> promise = new StepPromise<>(known.seq(), progress);
            promise.complete(
                    (T) execution.host().payloads().decode(known.recorded().getOutput(), call.resultType()));
            return promise;
        }
        if (decision instanceof StepDecision.Cancelled cancelled) {
            StepPromise<T> promise = new StepPromise<>(cancelled.seq(), progress);
            promise.cancel();
            return promise;
        }
        StepDecision.Throw known = (StepDecision.Throw) decision;
        StepPromise<T> promise = new StepPromise<>(known.seq(), progress);
        promise.fail(new StepFailedException(
                call.name(),
                known.seq(),
                known.recorded().getAttempts(),
                known.recorded().getFailure().getType(),
                known.recorded().getFailure().getMessage()));
        return promise;
    }

    @Override
    public void sleep(Duration duration) {
        if (duration.isNegative() || duration.compareTo(LONGEST_SLEEP) > 0) {
            throw new IllegalArgumentException(
                    "a sleep must be between 0 and " + LONGEST_SLEEP + ", and is " + duration);
        }
        if (progress.call(SLEEP, StepKind.SLEEP) instanceof StepDecision.Go go) {
            long startedAtMs = wallMs();
            long dueAtMs = go.dueAtMs() == null ? startedAtMs + duration.toMillis() : go.dueAtMs();
            if (go.dueAtMs() == null) {
                execution.trace().began(StepKind.SLEEP, SLEEP, go.seq());
                SleepStarted fact = new SleepStarted(go.seq(), SLEEP, startedAtMs, dueAtMs);
                execution.report(Facts.of(fact));
            }
            if (!thread.waitUntil(go.seq(), dueAtMs, progress.cancel().shielded())) {
                throw progress.cancel()
                        .tellInsteadOf(
                                new StepCancelled(go.seq(), SLEEP, StepKind.SLEEP, null, 1, startedAtMs, wallMs()));
            }
            StepCompleted over = new StepCompleted(go.seq(), SLEEP, null, null, 1, startedAtMs, wallMs());
            execution.report(Facts.of(over));
        }
    }

    @Override
    public <T extends @Nullable Object> T shielded(Callable<T> cleanup) throws Exception {
        progress.requireOwnCode("opened a shielded scope");
        progress.cancel().shield();
        try {
            return cleanup.call();
        } finally {
            progress.cancel().unshield();
        }
    }

    @Override
    public <T> @Nullable T receiveOrNull(String topic, Type type, @Nullable Duration timeout) {
        return messages.receive(topic, type, timeout);
    }

    @Override
    public void send(String workflowId, String topic, Object payload) {
        messages.send(workflowId, topic, payload);
    }

    @Override
    public void setValue(String key, @Nullable Object value) {
        messages.setValue(key, value);
    }

    @Override
    public <T extends @Nullable Object> Child<T> child(
            String workflowType, @Nullable Object input, Type resultType, ChildOptions options) {
        ChildSteps.Called called = children.call(workflowType, input, options);
        return new ChildPromise<>(
                called, resultType, progress, outside, execution.host().payloads());
    }

    @Override
    public Instant now() {
        return Instant.parse(value("now", () -> Instant.ofEpochMilli(wallMs()).toString()));
    }

    @Override
    public RandomGenerator random() {
        // java.util.Random, because its documentation fixes the algorithm: a
        // replay on a newer JDK sees the same numbers.
        return new Random(Long.parseLong(value("random", () -> Long.toString(drawLong()))));
    }

    @Override
    public UUID uuid() {
        return UUID.fromString(value("uuid", () -> {
            long version4 = (drawLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
            long variant2 = (drawLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
            return new UUID(version4, variant2).toString();
        }));
    }

    private String value(String kind, Supplier<String> draw) {
        progress.requireOwnCode("asked for a value");
        Journal journal = progress.journal();
        int ordinal = journal.nextValueOrdinal();
        Optional<RecordedValue> recorded = journal.nextValue();
        if (recorded.isPresent()) {
            if (!recorded.get().getKind().equals(kind)) {
                throw progress.differs(new Difference(
                        journal.called(),
                        "\"" + recorded.get().getKind() + "\" as value " + ordinal + " after it",
                        "\"" + kind + "\""));
            }
            return recorded.get().getValue();
        }
        RecordedValue drawn = new RecordedValue(journal.called(), ordinal, kind, draw.get());
        execution.report(Facts.of(drawn));
        return drawn.getValue();
    }

    @Override
    public String workflowId() {
        return execution.name().workflowId();
    }

    @Override
    public Logger logger() {
        return logger;
    }

    /** The code has returned, or thrown, as described: waits for steps beside it, and looks whether the record goes on. */
    void finish(String ending) {
        // What a difference left running has no place on record; its execution ends with the difference.
        if (!progress.differs()) {
            runner.awaitAll();
        }
        progress.requireEndOfRecord(ending);
    }

    private long drawLong() {
        return execution.host().environment().random().nextLong();
    }

    private long wallMs() {
        return execution.host().environment().clock().wallMs();
    }
}
