package io.millrace.worker.internal.execution;

import io.millrace.schemas.Limits;
import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.SleepStarted;
import io.millrace.schemas.StepCompleted;
import io.millrace.schemas.StepKind;
import io.millrace.worker.NonDeterministicWorkflowException;
import io.millrace.worker.Promise;
import io.millrace.worker.StepCall;
import io.millrace.worker.StepFailedException;
import io.millrace.worker.WorkflowContext;
import io.millrace.worker.internal.replay.Difference;
import io.millrace.worker.internal.replay.Journal;
import io.millrace.worker.internal.replay.StepDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The context that a workflow's code sees: asks the {@link Journal} first, and does and reports what is not on record. For the
 * workflow's thread alone.
 */
final class RecordedContext implements WorkflowContext {
    private static final String SLEEP = "sleep";
    private static final Duration LONGEST_SLEEP = Duration.ofDays(36_525);

    private final Execution execution;
    private final Journal journal;
    private final StepRunner runner;
    private final Thread owner = Thread.currentThread();
    private final Logger logger;
    private volatile boolean replaying;
    private boolean insideStep;
    private @Nullable NonDeterministicWorkflowException difference;

    RecordedContext(Execution execution, Journal journal, String workflowType) {
        this.execution = execution;
        this.journal = journal;
        this.runner = new StepRunner(execution);
        this.replaying = journal.replaying();
        this.logger =
                new ReplayQuietLogger(LoggerFactory.getLogger("millrace.workflow." + workflowType), () -> replaying);
    }

    @Override
    public <T extends @Nullable Object> T step(StepCall<T> call) {
        StepDecision decision = next(call.name(), StepKind.STEP);
        if (decision instanceof StepDecision.Go go) {
            StepPromise<T> promise = newPromise(go.seq());
            insideStep = true;
            try {
                runner.runHere(new StepRun<>(execution, call, promise, go.attemptsBefore()), go.dueAtMs());
            } finally {
                insideStep = false;
            }
            return promise.get();
        }
        return recorded(decision, call).get();
    }

    @Override
    public <T extends @Nullable Object> Promise<T> stepAsync(StepCall<T> call) {
        StepDecision decision = next(call.name(), StepKind.STEP);
        if (decision instanceof StepDecision.Go go) {
            StepPromise<T> promise = newPromise(go.seq());
            runner.runBeside(new StepRun<>(execution, call, promise, go.attemptsBefore()), go.dueAtMs());
            return promise;
        }
        return recorded(decision, call);
    }

    private <T extends @Nullable Object> StepPromise<T> newPromise(int seq) {
        return new StepPromise<>(seq, this::awaitEnd);
    }

    @SuppressWarnings("unchecked")
    private <T extends @Nullable Object> StepPromise<T> recorded(StepDecision decision, StepCall<T> call) {
        if (decision instanceof StepDecision.Return known) {
            StepPromise<T> promise = newPromise(known.seq());
            promise.complete((T) execution.host().payloads().decode(known.output(), call.resultType()));
            return promise;
        }
        StepDecision.Throw known = (StepDecision.Throw) decision;
        StepPromise<T> promise = newPromise(known.seq());
        promise.fail(new StepFailedException(
                call.name(),
                known.seq(),
                known.attempts(),
                known.failure().getType(),
                known.failure().getMessage()));
        return promise;
    }

    private void awaitEnd(StepPromise<?> promise) {
        checkCaller("asked for a promise");
        if (!promise.hasEnded()) {
            runner.awaitEnd(promise);
        }
    }

    @Override
    public void sleep(Duration duration) {
        if (duration.isNegative() || duration.compareTo(LONGEST_SLEEP) > 0) {
            throw new IllegalArgumentException(
                    "a sleep must be between 0 and " + LONGEST_SLEEP + ", and is " + duration);
        }
        if (next(SLEEP, StepKind.SLEEP) instanceof StepDecision.Go go) {
            long startedAtMs = wallMs();
            long dueAtMs = go.dueAtMs() == null ? startedAtMs + duration.toMillis() : go.dueAtMs();
            if (go.dueAtMs() == null) {
                SleepStarted fact = new SleepStarted(go.seq(), SLEEP, startedAtMs, dueAtMs);
                execution.report(Facts.of(fact));
            }
            runner.waitUntil(go.seq(), dueAtMs);
            StepCompleted over = new StepCompleted(go.seq(), SLEEP, null, null, 1, startedAtMs, wallMs());
            execution.report(Facts.of(over));
        }
    }

    @Override
    public <T extends @Nullable Object> T shielded(java.util.concurrent.Callable<T> cleanup) throws Exception {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> @Nullable T receiveOrNull(String topic, java.lang.reflect.Type type, @Nullable Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void send(String workflowId, String topic, Object payload) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setValue(String key, @Nullable Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends @Nullable Object> io.millrace.worker.Child<T> child(
            String workflowType,
            @Nullable Object input,
            java.lang.reflect.Type resultType,
            io.millrace.worker.ChildOptions options) {
        throw new UnsupportedOperationException();
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
        checkCaller("asked for a value");
        int ordinal = journal.nextValueOrdinal();
        Optional<RecordedValue> recorded = journal.nextValue();
        if (recorded.isPresent()) {
            if (!recorded.get().getKind().equals(kind)) {
                throw differs(new Difference(
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

    /** How many steps the code has called: the next position is where it differs, if it does. */
    int stepsCalled() {
        return journal.called();
    }

    /** The code has returned, or thrown, as described: waits for steps beside it, and looks whether the record goes on. */
    void finish(String ending) {
        // What a difference left running has no place on record; its execution ends with the difference.
        if (difference == null) {
            runner.awaitAll();
            journal.leftOver(ending).ifPresent(this::differs);
        }
        if (difference != null) {
            throw difference;
        }
    }

    private StepDecision next(String name, StepKind kind) {
        checkCaller("called step \"" + name + "\"");
        if (name.isEmpty() || name.length() > Limits.MAX_NAME_CHARS) {
            throw new IllegalArgumentException("a step's name has 1 to " + Limits.MAX_NAME_CHARS
                    + " characters, and this one has " + name.length());
        }
        if (journal.called() == Limits.MAX_STEPS) {
            throw new IllegalStateException(
                    "a workflow has at most " + Limits.MAX_STEPS + " steps, and \"" + name + "\" would be one more");
        }
        StepDecision decision = journal.call(name, kind);
        replaying = journal.replaying();
        if (decision instanceof StepDecision.Differ differ) {
            throw differs(differ.difference());
        }
        return decision;
    }

    private NonDeterministicWorkflowException differs(Difference first) {
        difference = new NonDeterministicWorkflowException(first.position(), first.expected(), first.found());
        return difference;
    }

    /** Everything the code asks for comes through here. */
    private void checkCaller(String what) {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("a thread that is not the workflow's own " + what
                    + "; only the workflow's own code may, else its order could not be repeated");
        }
        if (insideStep) {
            throw new IllegalStateException("the code of a step " + what + "; only the workflow's own code may");
        }
        execution.throwIfEnded();
        if (difference != null) {
            throw difference;
        }
    }

    private long drawLong() {
        return execution.host().environment().random().nextLong();
    }

    private long wallMs() {
        return execution.host().environment().clock().wallMs();
    }
}
