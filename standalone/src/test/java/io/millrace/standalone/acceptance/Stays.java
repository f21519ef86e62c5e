package io.millrace.standalone.acceptance;

import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Who was running when, as the workflows' own code says, by the one clock of this process. */
final class Stays {
    private final List<Event> events = new ArrayList<>();

    /** Somebody came (1) or went (-1). */
    private record Event(String workflowId, String worker, long atNanos, int change) {
        boolean isBeginning() {
            return change > 0;
        }
    }

    /** The code of a workflow begins. */
    synchronized void begin(String workflowId, String worker) {
        events.add(new Event(workflowId, worker, System.nanoTime(), 1));
    }

    /** It ends. */
    synchronized void end(String workflowId, String worker) {
        events.add(new Event(workflowId, worker, System.nanoTime(), -1));
    }

    /** The workflows in the order in which they began. */
    synchronized List<String> begun() {
        return events.stream().filter(Event::isBeginning).map(Event::workflowId).toList();
    }

    /** When each of these began, the earliest first; each of them once, by its first beginning. */
    synchronized List<Long> beginningsOf(Set<String> workflowIds) {
        Map<String, Long> first = new TreeMap<>();
        for (Event event : events) {
            if (event.isBeginning() && workflowIds.contains(event.workflowId())) {
                first.putIfAbsent(event.workflowId(), event.atNanos());
            }
        }
        return first.values().stream().sorted().toList();
    }

    /** Waits until so many have begun. */
    void awaitBegun(int number) {
        await(number + " to begin").atMost(Scene.PATIENCE).until(() -> begun().size() >= number);
    }

    /** How many began in one worker. */
    synchronized long begunIn(String worker) {
        return events.stream()
                .filter(event -> event.isBeginning() && event.worker().equals(worker))
                .count();
    }

    int mostAtOnce() {
        return mostAtOnce(event -> true);
    }

    int mostAtOnceIn(String worker) {
        return mostAtOnce(event -> event.worker().equals(worker));
    }

    int mostAtOnceOf(Predicate<String> workflowIds) {
        return mostAtOnce(event -> workflowIds.test(event.workflowId()));
    }

    private synchronized int mostAtOnce(Predicate<Event> which) {
        int now = 0;
        int most = 0;
        for (Event event : events) {
            now += which.test(event) ? event.change() : 0;
            most = Math.max(most, now);
        }
        return most;
    }
}
