package io.millrace.testkit;

import io.millrace.payload.JsonPayloadCodec;
import io.millrace.payload.PayloadCodec;
import io.millrace.payload.TypeRef;
import io.millrace.worker.WorkerBuilder;
import io.millrace.worker.Workflow;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a {@link MillraceTestKit} is made of. All but the workflows has a default. Not thread-safe. */
public final class MillraceTestKitBuilder {
    /** A day on which nothing is special: no month's end, no change of the clocks. */
    private static final Instant BEGINNING = Instant.parse("2026-01-14T12:00:00Z");

    Consumer<WorkerBuilder> worker = settings -> {};
    PayloadCodec codec = new JsonPayloadCodec();

    @Nullable
    OpenTelemetry openTelemetry;

    Instant beginning = BEGINNING;
    int recoveryLimit = 10;
    long seed = 42;

    MillraceTestKitBuilder() {}

    /** The worker runs workflows of this type; as {@link WorkerBuilder#workflow(String, Class, Workflow)}. */
    public <I extends @Nullable Object> MillraceTestKitBuilder workflow(
            String workflowType, Class<I> inputType, Workflow<I, ?> workflow) {
        return worker(settings -> settings.workflow(workflowType, inputType, workflow));
    }

    /** The worker runs workflows of this type, whose input is of a generic type. */
    public <I extends @Nullable Object> MillraceTestKitBuilder workflow(
            String workflowType, TypeRef<I> inputType, Workflow<I, ?> workflow) {
        return worker(settings -> settings.workflow(workflowType, inputType, workflow));
    }

    /**
     * Everything else that a worker can be told: queues, slots, application version, lease. Adds to what was said before. Connection
     * settings have no effect.
     */
    public MillraceTestKitBuilder worker(Consumer<WorkerBuilder> settings) {
        worker = worker.andThen(settings);
        return this;
    }

    /** How values become payloads, for the worker and for the client; JSON unless set. */
    public MillraceTestKitBuilder codec(PayloadCodec payloadCodec) {
        codec = payloadCodec;
        return this;
    }

    /** Where the spans of the worker, of every one that is deployed, and of the client go; to the global one, if there is any, unless set. */
    public MillraceTestKitBuilder openTelemetry(OpenTelemetry instance) {
        openTelemetry = instance;
        return this;
    }

    /** The time at which the kit's clock begins, in whole milliseconds; an ordinary Wednesday noon of 2026, in UTC, unless set. */
    public MillraceTestKitBuilder startingAt(Instant instant) {
        beginning = Instant.ofEpochMilli(instant.toEpochMilli());
        return this;
    }

    /** How often a workflow may lose its worker before it ends as {@code RETRIES_EXHAUSTED}: at least once; 10 times unless set. */
    public MillraceTestKitBuilder recoveryLimit(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("the recovery limit must be at least 1, and is " + times);
        }
        recoveryLimit = times;
        return this;
    }

    /** Where the jitter of retries, {@code ctx.random()} and {@code ctx.uuid()} come from; the same in every run unless set. */
    public MillraceTestKitBuilder seed(long seedOfAllRandomness) {
        seed = seedOfAllRandomness;
        return this;
    }

    /**
     * The kit, running. To be closed.
     *
     * @throws IllegalArgumentException if it has no workflow
     */
    public MillraceTestKit build() {
        return new MillraceTestKit(this);
    }
}
