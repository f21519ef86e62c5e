package io.millrace.benchmarks.load;

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
                            around.plan().atFullSpeed(workflows),
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
