package io.millrace.standalone.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Kills and freezes processes at random moments, and lets each of them come back. What is done when is drawn from the seed before
 * the first of it happens, so that the same seed makes the same troubles.
 */
final class Troubles {
    /** One process, and how it fares. Only its own schedule touches it. */
    static final class Target {
        private final String name;
        private final Supplier<ChildProcess> starter;
        private volatile ChildProcess process;

        Target(String name, Supplier<ChildProcess> starter) {
            this.name = name;
            this.starter = starter;
            this.process = starter.get();
        }

        private void kill() {
            process.kill();
        }

        private void start() {
            process = starter.get();
        }
    }

    /**
     * How often something happens to a target.
     *
     * @param least the shortest time between two troubles, in milliseconds; it must be long enough to start in
     * @param most the longest
     * @param freezes how many of a hundred troubles are freezes
     * @param longest the longest freeze, or time until a killed one is started again, in milliseconds
     */
    record Habit(int least, int most, int freezes, int longest) {}

    private record Trouble(long atMs, boolean freeze, long forMs) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s at %d ms for %d ms", freeze ? "STOP" : "KILL", atMs, forMs);
        }
    }

    private final Random random;
    private final Duration length;
    private final long beganNanos = System.nanoTime();
    private final List<CompletableFuture<Void>> schedules = new ArrayList<>();

    Troubles(Random random, Duration length) {
        this.random = random;
        this.length = length;
    }

    /** Draws what is to happen to a target, and begins with it. */
    void befall(Target target, Habit habit) {
        CompletableFuture<Void> schedule = CompletableFuture.completedFuture(null);
        List<Trouble> troubles = draw(habit);
        System.out.println("  " + target.name + ": " + troubles);
        for (Trouble trouble : troubles) {
            schedule = schedule.thenComposeAsync(done -> at(trouble.atMs(), () -> begin(target, trouble)))
                    .thenComposeAsync(done -> at(trouble.atMs() + trouble.forMs(), () -> end(target, trouble)));
        }
        schedules.add(schedule);
    }

    /** Ends when all targets are up again for good. */
    CompletableFuture<Void> over() {
        return CompletableFuture.allOf(schedules.toArray(CompletableFuture[]::new));
    }

    private List<Trouble> draw(Habit habit) {
        List<Trouble> troubles = new ArrayList<>();
        long atMs = between(habit.least(), habit.most());
        while (atMs < length.toMillis()) {
            Trouble trouble = new Trouble(atMs, random.nextInt(100) < habit.freezes(), between(1, habit.longest()));
            troubles.add(trouble);
            atMs += trouble.forMs() + between(habit.least(), habit.most());
        }
        return troubles;
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    private CompletableFuture<Void> at(long atMs, Runnable action) {
        long fromNowMs = atMs - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
        return CompletableFuture.runAsync(
                action, CompletableFuture.delayedExecutor(Math.max(0, fromNowMs), TimeUnit.MILLISECONDS));
    }

    private static void begin(Target target, Trouble trouble) {
        if (trouble.freeze()) {
            target.process.freeze();
        } else {
            target.kill();
        }
    }

    private static void end(Target target, Trouble trouble) {
        if (trouble.freeze()) {
            target.process.thaw();
        } else {
            target.start();
        }
    }
}
