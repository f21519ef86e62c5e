package io.millrace.standalone.crash;

import io.millrace.standalone.crash.Target.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Troubles processes at random moments, and lets each of them recover. What is done when is drawn from the seed before the first of it happens, so that the
 * same seed makes the same troubles.
 */
final class Troubles implements AutoCloseable {
    /** How often it is looked whether a process has ended by itself. */
    private static final long LOOK_MS = 500;

    /** What an engine takes to start: before that, it does not notice that its disk is full. */
    private static final long START_MS = 5_000;

    /**
     * How often something happens to a target.
     *
     * @param least the shortest time between two troubles, in milliseconds; it must be long enough to start in
     * @param most the longest
     * @param longest the longest trouble, in milliseconds
     * @param kinds what happens; a kind that is there twice is drawn twice as often
     */
    record Habit(int least, int most, int longest, List<Kind> kinds) {}

    private record Trouble(long atMs, Kind kind, long forMs) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s %.1f+%.1f", kind, atMs / 1e3, forMs / 1e3);
        }
    }

    /** One that happened, in epoch milliseconds. */
    private record Happened(String target, Kind kind, long fromMs, long toMs) {
        @Override
        public String toString() {
            return Clock.time(fromMs) + " to " + Clock.time(toMs) + " " + kind + " " + target;
        }
    }

    private final long seed;
    private final Duration length;
    private final long beganNanos = System.nanoTime();
    private final List<CompletableFuture<Void>> schedules = new ArrayList<>();
    private final Queue<Happened> happened = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4, task -> {
        Thread thread = new Thread(task, "troubles");
        thread.setDaemon(true);
        return thread;
    });

    Troubles(long seed, Duration length) {
        this.seed = seed;
        this.length = length;
    }

    /** Draws what is to happen to a target, and begins with it. */
    void befall(Target target, Habit habit) {
        List<Trouble> troubles = draw(Seeds.random(seed, target.name().hashCode()), habit);
        System.out.println("  " + target.name() + " (at seconds + for seconds): " + troubles);
        CompletableFuture<Void> schedule = CompletableFuture.completedFuture(null);
        for (Trouble trouble : troubles) {
            schedule = schedule.thenCompose(done -> at(trouble.atMs(), () -> target.begin(trouble.kind())))
                    .thenCompose(done -> at(trouble.atMs() + trouble.forMs(), () -> target.end(trouble.kind())))
                    .thenRun(() -> note(target, trouble));
        }
        schedules.add(schedule);
    }

    /** Starts a process again when it ends by itself, from now until this is closed. */
    void watch(Target target) {
        clock.scheduleWithFixedDelay(target::revive, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    /** Ends when all targets are up again for good. */
    CompletableFuture<Void> over() {
        return CompletableFuture.allOf(schedules.toArray(CompletableFuture[]::new));
    }

    /** What was under way in a time, in epoch milliseconds, a line each. */
    List<String> underWay(long fromMs, long toMs) {
        return happened.stream()
                .filter(trouble -> trouble.fromMs() <= toMs && trouble.toMs() >= fromMs)
                .map(Happened::toString)
                .sorted()
                .toList();
    }

    private void note(Target target, Trouble trouble) {
        long now = System.currentTimeMillis();
        happened.add(new Happened(target.name(), trouble.kind(), now - trouble.forMs(), now));
    }

    private List<Trouble> draw(Random random, Habit habit) {
        List<Trouble> troubles = new ArrayList<>();
        long atMs = between(random, habit.least(), habit.most());
        while (atMs < length.toMillis()) {
            Kind kind = habit.kinds().get(random.nextInt(habit.kinds().size()));
            long least = kind == Kind.FULL ? START_MS : 0;
            Trouble trouble = new Trouble(atMs, kind, least + between(random, 1, habit.longest()));
            troubles.add(trouble);
            atMs += trouble.forMs() + between(random, habit.least(), habit.most());
        }
        return troubles;
    }

    private static int between(Random random, int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    private CompletableFuture<Void> at(long atMs, Runnable action) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        long fromNowMs = atMs - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
        clock.schedule(
                () -> {
                    try {
                        action.run();
                        done.complete(null);
                    } catch (RuntimeException e) {
                        done.completeExceptionally(new CompletionException(e));
                    }
                },
                Math.max(0, fromNowMs),
                TimeUnit.MILLISECONDS);
        return done;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
