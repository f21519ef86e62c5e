package io.millrace.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.WorkerFact;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Workflows made up at random are cancelled at a random moment, and their workers die behind any fact: whatever the record is then, the
 * code finds its way through it again, nothing ends twice, and nothing is open at the end.
 */
class CancelLawsTest {
    private static final int SEEDS = 1_000;
    private static final int MOST_EPOCHS = 200;
    private static final RetryPolicy SLOW =
            RetryPolicy.of(5).backoff(Duration.ofSeconds(2), 1).jitter(0);

    private enum Seen {
        CANCELLED,
        COMPLETED,
        CRASHED
    }

    /** Does the same in every run that is shown the same. */
    private static final class MadeUp {
        private final Random choice;
        private final Runnable whileAStepRuns;
        private final List<Promise<Integer>> promises = new ArrayList<>();

        MadeUp(long seed, Runnable whileAStepRuns) {
            this.choice = new Random(seed);
            this.whileAStepRuns = whileAStepRuns;
        }

        String run(WorkflowContext ctx) throws Exception {
            try {
                for (int i = 0; i < 10; i++) {
                    next(ctx, choice.nextInt(10));
                }
                return "through";
            } catch (WorkflowCancelledException told) {
                for (int i = 0; i < 3; i++) {
                    int what = choice.nextInt(7);
                    ctx.shielded(() -> {
                        next(ctx, what);
                        return null;
                    });
                }
                if (choice.nextBoolean()) {
                    throw told;
                }
                return "survived";
            }
        }

        private void next(WorkflowContext ctx, int what) throws Exception {
            switch (what) {
                case 0, 1 -> ctx.step(call());
                case 2, 3 -> promises.add(ctx.stepAsync(call()));
                case 4 -> ctx.sleep(Duration.ofSeconds(choice.nextInt(5)));
                case 5 -> ctx.uuid();
                case 6 -> {
                    if (!promises.isEmpty()) {
                        promises.get(choice.nextInt(promises.size())).get();
                    }
                }
                default -> {
                    int inside = what - 7 + 4 * choice.nextInt(2);
                    ctx.shielded(() -> {
                        next(ctx, inside);
                        return null;
                    });
                }
            }
        }

        private StepCall<Integer> call() {
            int failures = choice.nextInt(3);
            StepCall<Integer> call = StepCall.of("s" + choice.nextInt(100), Integer.class, SLOW, step -> {
                whileAStepRuns.run();
                if (step.attempt() <= failures) {
                    throw new IOException("not yet");
                }
                return step.attempt();
            });
            return choice.nextInt(4) == 0 ? call.timeout(Duration.ofHours(1)) : call;
        }
    }

    /** One workflow from its start to its end, through as many executions as it takes. */
    private static final class Life {
        private final Random fate;
        private final RecordFold fold = new RecordFold();
        private final TestBench bench;
        private final Map<Seen, Integer> seen;
        private long epoch;

        Life(long seed, Map<Seen, Integer> seen) {
            this.seen = seen;
            this.fate = new Random(seed * 31 + 7);
            this.bench = TestBench.inOneThread((ctx, in) -> new MadeUp(seed, this::maybeCancel).run(ctx));
        }

        private void maybeCancel() {
            if (fate.nextInt(12) == 0) {
                fold.cancel();
                bench.cancel("w", epoch);
            }
        }

        String live() {
            try (bench) {
                while (fold.end() == null) {
                    epoch++;
                    assertTrue(epoch < MOST_EPOCHS, "it never ends");
                    execute();
                }
                return fold.end();
            }
        }

        private void execute() {
            int before = bench.topics.events.size();
            bench.topics.grant(fold.grant(epoch));
            List<WorkerFact> facts = bench.topics.events.subList(before, bench.topics.events.size()).stream()
                    .flatMap(sent -> sent.event().getFacts().stream())
                    .toList();
            boolean dies = fate.nextInt(3) == 0;
            int kept = dies ? fate.nextInt(facts.size() + 1) : facts.size();
            if (dies) {
                seen.merge(Seen.CRASHED, 1, Integer::sum);
            }
            facts.subList(0, kept).forEach(fold::apply);
            if (fate.nextInt(8) == 0) {
                fold.cancel();
            }
            long waitMs = fold.nextDueAtMs() - bench.clock.wallMs();
            if (waitMs > 0 && !dies) {
                bench.clock.advance(Duration.ofMillis(waitMs));
            }
        }
    }

    @Test
    void shouldFindItsWayThroughWhateverIsOnRecord() {
        Map<Seen, Integer> seen = new EnumMap<>(Seen.class);
        for (long seed = 0; seed < SEEDS; seed++) {
            Life life = new Life(seed, seen);
            String end;
            try {
                end = life.live();
            } catch (Throwable e) {
                throw new AssertionError(
                        "seed " + seed + ": " + e + "\n" + String.join("\n", life.bench.topics.facts()), e);
            }
            long failed = seed;
            assertTrue(
                    end.equals("completed") || end.equals("cancelled") && life.fold.isCancelled(),
                    () -> "seed " + failed + " ended: " + end + "\n" + String.join("\n", life.bench.topics.facts()));
            seen.merge(end.equals("completed") ? Seen.COMPLETED : Seen.CANCELLED, 1, Integer::sum);
        }
        // Else the seeds say nothing.
        for (Seen kind : Seen.values()) {
            assertTrue(seen.getOrDefault(kind, 0) > SEEDS / 10, seen::toString);
        }
        assertEquals(SEEDS, seen.get(Seen.COMPLETED) + seen.get(Seen.CANCELLED));
    }
}
