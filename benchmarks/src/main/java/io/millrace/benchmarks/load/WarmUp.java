package io.millrace.benchmarks.load;

import io.millrace.benchmarks.feed.CommandPipe;
import io.millrace.benchmarks.feed.EndReader;
import io.millrace.benchmarks.feed.Ends;
import io.millrace.benchmarks.feed.Enqueuer;
import io.millrace.benchmarks.feed.RunIds;
import io.millrace.benchmarks.feed.Watchdog;
import io.millrace.benchmarks.figures.Tally;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A small load before the load: an engine that has just started spends its first seconds on compiling itself. */
final class WarmUp {
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Around around;

    WarmUp(Around around) {
        this.around = around;
    }

    /** Enqueues so many, and then drains them; the workers rest afterwards. */
    void run(int workflows) {
        RunIds ids = RunIds.random();
        Tally accepted = new Tally(workflows);
        Ends ends = new Ends(workflows);
        Runnable alive = around::requireAlive;
        try (CommandPipe pipe = new CommandPipe(around.target(), ids, accepted);
                EndReader reader = new EndReader(around.target(), ids, ends)) {
            new Enqueuer(
                            around.plan().atFullSpeed(workflows).batch(),
                            pipe,
                            new Watchdog(List.of(alive, pipe::requireAlive), around.logs()))
                    .run();
            around.fleet().startAll();
            Watchdog watchdog = new Watchdog(List.of(alive, reader::requireAlive), around.logs());
            while (ends.count() < workflows) {
                watchdog.check(ends.count());
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
        }
        around.fleet().restAll();
    }
}
