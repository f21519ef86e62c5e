package io.millrace.testkit;

import io.millrace.client.MillraceClient;
import io.millrace.client.MillraceClientBuilder;
import io.millrace.client.StepDescription;
import io.millrace.worker.WorkerBuilder;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs workflows in a test: the engine, a worker and a client, the same ones as in production, in one process, without Kafka, and with a
 * clock that only the test moves.
 *
 * <pre>{@code
 * try (MillraceTestKit kit = MillraceTestKit.builder()
 *         .workflow("checkout", Order.class, new CheckoutWorkflow(fakePayments))
 *         .build()) {
 *     WorkflowHandle<Receipt> checkout =
 *             kit.client().start("checkout", order, Receipt.class, StartOptions.workflowId("o-1"));
 *     kit.advance(Duration.ofDays(30));
 *     assertEquals(receipt, checkout.result(), kit::report);
 * }
 * }</pre>
 *
 * <p>Everything happens in the thread that calls, and is done when the call returns: {@code start} runs the workflow until it waits for
 * something, {@link #advance} runs what becomes runnable on the way. So a test never waits, and comes out the same every time. Steps
 * called with {@code stepAsync} run one after the other, in the order of the calls; steps that wait for each other would wait for ever.
 *
 * <p>{@code result()} of a workflow that has not ended throws a {@link io.millrace.client.WorkflowStillOpenException} at once, whatever
 * its timeout, and says what the workflow waits for. Its waits of less than a second, which a worker in production
 * waits for itself, let go of the worker as longer ones do: the code is run through again behind each of them.
 *
 * <p>The code of workflows and steps may use the kit. A step that calls {@link #advance} takes that long; one that calls {@link
 * #crashWorker} is where the worker dies. For one thread at a time; a call while another thread is inside throws an
 * {@link IllegalStateException}.
 *
 * <p>The kit itself logs nothing. Kafka Streams does, under {@code org.apache.kafka} and at {@code INFO}: tests want to see its warnings
 * only. A worker that is crashed is logged as a warning by {@code io.millrace.worker}, as in production.
 */
public final class MillraceTestKit implements AutoCloseable {
    private final VirtualClock clock;
    private final InProcessWorker worker;
    private final Simulation simulation;
    private final WorkflowReports reports;
    private final MillraceClient client;
    private final @Nullable OpenTelemetry openTelemetry;

    MillraceTestKit(MillraceTestKitBuilder settings) {
        clock = new VirtualClock(settings.beginning);
        InProcessEngine engine = new InProcessEngine(clock, settings.recoveryLimit);
        worker = new InProcessWorker(engine, clock, settings.codec, new Random(settings.seed));
        simulation = new Simulation(clock, engine, worker);
        reports = new WorkflowReports(engine, worker, clock);
        openTelemetry = settings.openTelemetry;
        MillraceClientBuilder clientSettings =
                MillraceClient.builder().codec(settings.codec).issuer("test").callbackExecutor(Runnable::run);
        if (openTelemetry != null) {
            clientSettings.openTelemetry(openTelemetry);
        }
        client = clientSettings.over(new InProcessConnection(simulation, engine, reports, clock));
        try {
            deploy(settings.worker);
        } catch (RuntimeException e) {
            simulation.close();
            throw e;
        }
    }

    /** For workflows and settings. */
    public static MillraceTestKitBuilder builder() {
        return new MillraceTestKitBuilder();
    }

    /** A client of this kit's engine. It ends with the kit. */
    public MillraceClient client() {
        return client;
    }

    /** The kit's time, in UTC: for code that is given a clock. */
    public Clock clock() {
        return clock;
    }

    /**
     * Moves the clock forward, and lets everything that is due on the way happen at its own time: sleeps and delays end, retries are
     * made, timeouts strike. Returns when nothing more happens without the clock.
     *
     * @param duration zero or more, in whole milliseconds
     */
    public void advance(Duration duration) {
        simulation.run(() -> simulation.advance(duration));
    }

    /**
     * Kills the worker's process without a word, and starts another one with the same code. What the worker was running goes on in the
     * new one when the engine has missed the old one for its lease: 10 s unless set, so {@link #advance} by a little more.
     *
     * <p>Called by the code of a workflow or of a step, it does not return: that code ends there, and nothing that it was about to report
     * gets on record.
     */
    public void crashWorker() {
        simulation.run(simulation::crashWorker);
    }

    /**
     * Stops the worker in order and starts another one with other code, as a deployment does. Open workflows go on with the new code.
     *
     * @param newWorker all the settings of the new worker: it takes over none of the old one's
     * @throws IllegalStateException if the code of a workflow calls it
     */
    public void deploy(Consumer<WorkerBuilder> newWorker) {
        simulation.callFromOutside("deploy other code", () -> {
            worker.stop();
            worker.start(openTelemetry == null ? newWorker : newWorker.andThen(this::trace));
            simulation.settle();
        });
    }

    private void trace(WorkerBuilder settings) {
        settings.openTelemetry(Objects.requireNonNull(openTelemetry, "asked for where there is one"));
    }

    /**
     * The steps on record of a workflow, in order.
     *
     * @throws io.millrace.client.WorkflowNotFoundException if there is none of this id
     */
    public List<StepDescription> steps(String workflowId) {
        return client.steps(workflowId).toList();
    }

    /**
     * The facts on record of a workflow, in order, a line each: when it was recorded, and what it says. Workers are called
     * {@code worker 1}, {@code worker 2} and so on, in the order in which they were started. Empty if there is no such workflow.
     */
    public List<String> history(String workflowId) {
        return simulation.call(() -> reports.history(workflowId));
    }

    /** One workflow as a text: how it stands, its steps and its history. */
    public String report(String workflowId) {
        return simulation.call(() -> reports.of(workflowId));
    }

    /** All workflows as a text, for messages of assertions: {@code assertEquals(expected, actual, kit::report)}. */
    public String report() {
        return simulation.call(reports::ofAll);
    }

    /**
     * Stops everything and deletes what was on disk. Workflows that have not ended are forgotten. Closing it again does nothing.
     *
     * @throws IllegalStateException if the code of a workflow calls it
     */
    @Override
    public void close() {
        simulation.close();
    }
}
