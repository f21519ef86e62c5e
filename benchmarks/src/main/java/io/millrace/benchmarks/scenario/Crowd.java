package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.feed.Batch;
import io.millrace.benchmarks.feed.CommandPipe;
import io.millrace.benchmarks.feed.EndReader;
import io.millrace.benchmarks.feed.Ends;
import io.millrace.benchmarks.feed.Enqueuer;
import io.millrace.benchmarks.feed.RunIds;
import io.millrace.benchmarks.feed.Watchdog;
import io.millrace.benchmarks.figures.Rates;
import io.millrace.benchmarks.figures.Tally;
import io.millrace.schemas.Payload;
import io.millrace.schemas.Start;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Many workflows of the same kind, whose starts and ends are counted. */
final class Crowd implements AutoCloseable {
    private static final int IN_FLIGHT = 20_000;
    private static final long LOOK_AGAIN_MS = 2;

    private final Stage stage;
    private final int workflows;
    private final Tally accepted;
    private final Ends ends;
    private final CommandPipe pipe;
    private final EndReader reader;

    Crowd(Stage stage, int workflows) {
        this.stage = stage;
        this.workflows = workflows;
        this.accepted = new Tally(workflows);
        this.ends = new Ends(workflows);
        RunIds ids = RunIds.random();
        this.pipe = new CommandPipe(stage.target(), ids, accepted);
        this.reader = new EndReader(stage.target(), ids, ends);
    }

    /** Starts all of them, with the same input as JSON, and returns when the engine has accepted them. */
    Rates start(String type, @Nullable String input) {
        Batch batch = new Batch(workflows, IN_FLIGHT, Optional.empty(), number -> {
            Start start = new Start();
            start.setWorkflowType(type);
            start.setQueue(ScenarioWorkflows.QUEUE);
            start.setAttributes(Map.of());
            if (input != null) {
                start.setInput(new Payload("json", ByteBuffer.wrap(input.getBytes(StandardCharsets.UTF_8))));
            }
            return start;
        });
        accepted.begin(System.nanoTime());
        new Enqueuer(batch, pipe, watchdog()).run();
        return accepted.rates();
    }

    /** Returns when all have ended. */
    Rates awaitEnds() throws InterruptedException {
        Watchdog watchdog = watchdog();
        while (ends.count() < workflows) {
            watchdog.check(ends.count());
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
        return ends.drained();
    }

    /** How many have ended. */
    long ended() {
        return ends.count();
    }

    private Watchdog watchdog() {
        return new Watchdog(List.of(stage::requireAlive, pipe::requireAlive, reader::requireAlive), stage.logs());
    }

    @Override
    public void close() {
        pipe.close();
        reader.close();
    }
}
