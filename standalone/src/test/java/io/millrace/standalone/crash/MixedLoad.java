package io.millrace.standalone.crash;

import static org.awaitility.Awaitility.await;

import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts workflows of all kinds, on the queue without limits and on those with, and commands each of them as is drawn for it, most of them in the middle
 * of something. It starts no more than so many in a time, and none while so many are open: what is left when it ends is soon done.
 */
final class MixedLoad {
    /** More than the workers have slots, so that some wait, and every trouble comes in the middle of something. */
    private static final int OPEN_AT_MOST = 100;

    /** What two busy cores manage beside everything else; an hour of it is 72,000 workflows. */
    private static final Duration BETWEEN_STARTS = Duration.ofMillis(50);

    /** Of a hundred, how many go to a queue with limits: more than it lets through at times, and less in the long run. */
    private static final int QUEUED_OF_100 = 30;

    private static final List<Integer> SLEEPS_MILLIS = List.of(0, 0, 20, 200, 1_200);
    private static final int MOST_PRIORITY = 3;
    private static final int MOST_PAYLOAD_BYTES = 2_000;

    /** The first characters of the ids of all workflows that came of one start, whose number is behind it. */
    private static final String FAMILY = "w-";

    private static final int FAMILY_DIGITS = 7;

    /** What is done to a workflow. */
    private enum Plan {
        NOTHING,
        CHILDREN,
        CHILDREN_AND_CANCEL,
        CANCEL,
        CANCEL_AND_RESUME,
        TERMINATE_AND_RESUME,
        PAUSE_AND_UNPAUSE,
        FORK
    }

    /** What is done to one on a queue with limits, most of the time while it waits. */
    private enum QueuedPlan {
        NOTHING,
        NOTHING_EITHER,
        CANCEL,
        TERMINATE_AND_RESUME,
        PAUSE_AND_UNPAUSE,
        EXPEDITE,
        MOVE,
        PREFER
    }

    private final MillraceClient client;
    private final String plainQueue;
    private final List<String> limitedQueues;
    private final long seed;
    private final AtomicInteger started = new AtomicInteger();
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    /** The limited queues all have priorities. */
    MixedLoad(MillraceClient client, String plainQueue, List<String> limitedQueues, long seed) {
        this.client = client;
        this.plainQueue = plainQueue;
        this.limitedQueues = limitedQueues;
        this.seed = seed;
    }

    /** To which start a workflow goes back; -1 for one that is not of this load. */
    static int family(String workflowId) {
        return workflowId.startsWith(FAMILY)
                ? Integer.parseInt(workflowId.substring(FAMILY.length(), FAMILY.length() + FAMILY_DIGITS))
                : -1;
    }

    /** Goes on until the troubles are over. */
    void runUntil(CompletableFuture<Void> over) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            ScheduledFuture<?> starting = clock.scheduleAtFixedRate(
                    this::startIfThereIsRoom, 0, BETWEEN_STARTS.toMillis(), TimeUnit.MILLISECONDS);
            over.join();
            starting.cancel(false);
        } finally {
            clock.shutdown();
        }
    }

    int started() {
        return started.get();
    }

    /** Waits until all that was started has ended and every command was answered; fails if one of them could not be. */
    void awaitEnd(Duration atMost) {
        await("the load to come to rest")
                .atMost(atMost)
                .conditionEvaluationListener(condition -> {})
                .until(() -> open.isEmpty() || !failures.isEmpty());
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.size() + " could not be carried out", failures.peek());
        }
    }

    /** What has not ended. */
    Set<String> open() {
        return Set.copyOf(open);
    }

    private void startIfThereIsRoom() {
        if (open.size() >= OPEN_AT_MOST) {
            return;
        }
        int number = started.getAndIncrement();
        String workflowId = String.format(Locale.ROOT, "%s%0" + FAMILY_DIGITS + "d", FAMILY, number);
        open.add(workflowId);
        try {
            start(workflowId, number).whenComplete((value, error) -> {
                open.remove(workflowId);
                if (error != null) {
                    failures.add(new IllegalStateException(workflowId, error));
                }
            });
        } catch (RuntimeException e) {
            failures.add(new IllegalStateException(workflowId, e));
        }
    }

    private CompletableFuture<?> start(String workflowId, int number) {
        // By number, and not one after the other: what is drawn does not depend on who was quick.
        Random random = Seeds.random(seed, number);
        return random.nextInt(100) < QUEUED_OF_100 ? startQueued(workflowId, random) : startPlain(workflowId, random);
    }

    private CompletableFuture<?> startPlain(String workflowId, Random random) {
        Plan plan = Plan.values()[random.nextInt(Plan.values().length)];
        int steps = 1 + random.nextInt(5);
        GatedWorkflow.Input input = GatedWorkflow.Input.steps(steps)
                .returning(random.nextInt(MOST_PAYLOAD_BYTES))
                .sleeping(SLEEPS_MILLIS.get(random.nextInt(SLEEPS_MILLIS.size())))
                .failingOnceAt(random.nextInt(4) == 0 ? 1 + random.nextInt(steps) : 0)
                .withChildren(plan == Plan.CHILDREN || plan == Plan.CHILDREN_AND_CANCEL ? 1 + random.nextInt(2) : 0);
        return start(input, StartOptions.workflowId(workflowId).queue(plainQueue))
                .thenComposeAsync(workflow -> carryOut(plan, new Orders(workflow)));
    }

    private CompletableFuture<?> startQueued(String workflowId, Random random) {
        QueuedPlan plan = QueuedPlan.values()[random.nextInt(QueuedPlan.values().length)];
        GatedWorkflow.Input input =
                GatedWorkflow.Input.steps(1 + random.nextInt(3)).sleeping(random.nextInt(4) == 0 ? 200 : 0);
        StartOptions options = StartOptions.workflowId(workflowId)
                .queue(limitedQueues.get(random.nextInt(limitedQueues.size())))
                .priority(1 + random.nextInt(MOST_PRIORITY));
        String otherQueue = limitedQueues.get(random.nextInt(limitedQueues.size()));
        return start(input, options).thenComposeAsync(workflow -> carryOut(plan, new Orders(workflow), otherQueue));
    }

    private CompletableFuture<WorkflowHandle<Integer>> start(GatedWorkflow.Input input, StartOptions options) {
        return Insistence.insist(() -> client.startAsync(GatedWorkflow.TYPE, input, Integer.class, options));
    }

    private static CompletableFuture<?> carryOut(Plan plan, Orders orders) {
        return switch (plan) {
            case NOTHING, CHILDREN -> orders.end();
            case CANCEL, CHILDREN_AND_CANCEL -> orders.cancel().thenCompose(done -> orders.end());
            case CANCEL_AND_RESUME ->
                orders.cancel()
                        .thenCompose(done -> orders.end())
                        .thenCompose(done -> orders.resume())
                        .thenCompose(done -> orders.end());
            case TERMINATE_AND_RESUME ->
                orders.terminate().thenCompose(done -> orders.resume()).thenCompose(done -> orders.end());
            case PAUSE_AND_UNPAUSE ->
                orders.pause().thenCompose(done -> orders.unpause()).thenCompose(done -> orders.end());
            case FORK -> orders.fork().thenCompose(done -> orders.end());
        };
    }

    private static CompletableFuture<?> carryOut(QueuedPlan plan, Orders orders, String otherQueue) {
        CompletableFuture<?> commanded = switch (plan) {
            case NOTHING, NOTHING_EITHER -> CompletableFuture.completedFuture(null);
            case CANCEL -> orders.cancel();
            case TERMINATE_AND_RESUME -> orders.terminate().thenCompose(done -> orders.resume());
            case PAUSE_AND_UNPAUSE -> orders.pause().thenCompose(done -> orders.unpause());
            case EXPEDITE -> orders.resume();
            case MOVE -> orders.moveTo(otherQueue);
            case PREFER -> orders.prefer();
        };
        return commanded.thenCompose(done -> orders.end());
    }
}
