package io.millrace.standalone.crash;

import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.standalone.crash.SlotTimes.Held;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** That queues kept their limits, judged by the histories alone when everything has come to rest. */
public final class QueueInvariants {
    private final List<SlotTimes> times = new ArrayList<>();

    /** Takes one more into account; of its history, only the times are kept. */
    public void add(RecordedHistory history) {
        times.add(SlotTimes.of(history));
    }

    public void checkAllEnded() {
        times.forEach(of -> assertFalse(of.isOpen(), () -> of + " has a slot and has not ended"));
    }

    public void checkConcurrency(String queue, int limit) {
        List<Held> slots = slots(queue);
        String limitInWords = queue + "'s concurrency of " + limit;
        int most = check(limitInWords, slots, limit);
        System.out.println("  " + limitInWords + ": " + slots.size() + " times, " + most + " at once at most");
    }

    void checkWorkerConcurrency(String queue, int limit) {
        Map<String, List<Held>> byWorker = times.stream()
                .flatMap(of -> of.runs().stream())
                .filter(run -> run.queue().equals(queue))
                .collect(groupingBy(Held::workerId));
        String limitInWords = queue + "'s concurrency of " + limit + " in worker ";
        int most = byWorker.entrySet().stream()
                .mapToInt(of -> check(limitInWords + of.getKey(), of.getValue(), limit))
                .max()
                .orElse(0);
        System.out.println("  " + limitInWords + "each: " + byWorker.size() + " workers, " + most + " at once at most");
    }

    /** Never more beginnings in a period than permits. */
    void checkRate(String queue, int permits, Duration period) {
        List<Held> beginnings = slots(queue).stream()
                .sorted(Comparator.comparingLong(Held::fromMs))
                .toList();
        for (int n = permits; n < beginnings.size(); n++) {
            List<Held> tooMany = beginnings.subList(n - permits, n + 1);
            long apartMs = tooMany.get(permits).fromMs() - tooMany.get(0).fromMs();
            assertTrue(
                    apartMs >= period.toMillis(),
                    () -> queue + ": " + tooMany.size() + " began within " + apartMs + " ms: " + tooMany);
        }
        System.out.println(
                "  " + queue + ": " + beginnings.size() + " began, " + permits + " in " + period + " at most");
    }

    private List<Held> slots(String queue) {
        return times.stream()
                .flatMap(of -> of.slots().stream())
                .filter(slot -> slot.queue().equals(queue))
                .toList();
    }

    /** The most at once. */
    private static int check(String limitInWords, List<Held> held, int limit) {
        List<Held> now = new ArrayList<>();
        int most = 0;
        for (Change change : changes(held)) {
            if (change.begins()) {
                now.add(change.held());
                most = Math.max(most, now.size());
                assertTrue(now.size() <= limit, () -> "over " + limitInWords + " at " + change.atMs() + ": " + now);
            } else {
                now.remove(change.held());
            }
        }
        return most;
    }

    private record Change(long atMs, boolean begins, Held held) {}

    /** Within a millisecond ends come first: the clock does not tell what was before what. */
    private static List<Change> changes(List<Held> held) {
        return held.stream()
                .flatMap(one -> Stream.of(new Change(one.fromMs(), true, one), new Change(one.toMs(), false, one)))
                .sorted(Comparator.comparingLong(Change::atMs).thenComparing(Change::begins))
                .toList();
    }
}
