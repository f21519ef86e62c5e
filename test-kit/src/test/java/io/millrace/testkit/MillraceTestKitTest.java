package io.millrace.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.QueueOptions;
import io.millrace.client.StartOptions;
import io.millrace.client.StepDescription;
import io.millrace.client.WorkflowFilter;
import io.millrace.client.WorkflowHandle;
import io.millrace.client.WorkflowNotFoundException;
import io.millrace.client.WorkflowStillOpenException;
import io.millrace.client.WorkflowTimedOutException;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.worker.Promise;
import io.millrace.worker.RetryPolicy;
import io.millrace.worker.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MillraceTestKitTest {
    private static final Instant BEGINNING = Instant.parse("2026-01-14T12:00:00Z");

    private final List<String> ran = new ArrayList<>();
    private final List<MillraceTestKit> opened = new ArrayList<>();

    private MillraceTestKit kit(Consumer<MillraceTestKitBuilder> settings) {
        MillraceTestKitBuilder builder = MillraceTestKit.builder();
        settings.accept(builder);
        opened.add(builder.build());
        return opened.get(opened.size() - 1);
    }

    private MillraceTestKit kit(Workflow<String, ?> workflow) {
        return kit(builder -> builder.workflow("test", String.class, workflow));
    }

    private static WorkflowHandle<String> start(MillraceTestKit kit, String workflowId) {
        return kit.client().start("test", "in", String.class, StartOptions.workflowId(workflowId));
    }

    @AfterEach
    void close() {
        opened.forEach(MillraceTestKit::close);
    }

    @Test
    void shouldRunWorkflowsOfAQueueThatTheWorkerDeclares() {
        MillraceTestKit kit = kit(builder -> builder.workflow("test", String.class, (ctx, in) -> in)
                .worker(worker ->
                        worker.queue("single", QueueOptions.unlimited().concurrency(1))));
        for (String workflowId : List.of("v", "w")) {
            StartOptions options = StartOptions.workflowId(workflowId).queue("single");
            assertEquals(
                    "in",
                    kit.client().start("test", "in", String.class, options).result());
        }
    }

    @Test
    void shouldReportWhatIsOnRecord() {
        RetryPolicy slowly = RetryPolicy.of(2)
                .backoff(Duration.ofMinutes(1), 1)
                .maximumInterval(Duration.ofMinutes(1))
                .jitter(0);
        MillraceTestKit kit = kit((ctx, in) -> {
            ctx.step("first", String.class, () -> "one");
            return ctx.step("second", String.class, slowly, step -> {
                if (step.attempt() == 1) {
                    throw new IllegalStateException("not yet");
                }
                return "two";
            });
        });
        start(kit, "w");
        assertEquals("""
                workflow "w" (test) has not ended: at 2026-01-14T12:00:00Z it is RUNNING, and waits for attempt 2 of step 2 "second" at 2026-01-14T12:01:00Z
                  step 1  "first"   COMPLETED  2026-01-14T12:00:00Z        "one"
                  step 2  "second"  RETRYING   until 2026-01-14T12:01:00Z  java.lang.IllegalStateException: not yet
                  2026-01-14T12:00:00Z  started by test with "in"
                  2026-01-14T12:00:00Z  granted to worker 1, epoch 1
                  2026-01-14T12:00:00Z  step 1 "first" completed: "one"
                  2026-01-14T12:00:00Z  step 2 "second" failed in attempt 1, the next is at 2026-01-14T12:01:00Z: java.lang.IllegalStateException: not yet
                  2026-01-14T12:00:00Z  parked until 2026-01-14T12:01:00Z
                """, kit.report("w"));

        kit.advance(Duration.ofMinutes(1));
        String ended = kit.report();
        assertTrue(ended.startsWith("workflow \"w\" (test) ended as COMPLETED at 2026-01-14T12:01:00Z\n"), ended);
        assertTrue(ended.contains("step 2  \"second\"  COMPLETED  2 attempts  2026-01-14T12:01:00Z  \"two\""), ended);
        assertTrue(ended.endsWith("2026-01-14T12:01:00Z  completed: \"two\"\n"), ended);
    }

    @Test
    void shouldSayThatThereIsNoWorkflow() {
        MillraceTestKit kit = kit((ctx, in) -> in);
        assertEquals("", kit.report());
        assertEquals(List.of(), kit.history("x"));
        assertEquals("there is no workflow \"x\"\n", kit.report("x"));
        assertThrows(WorkflowNotFoundException.class, () -> kit.steps("x"));
        assertThrows(
                WorkflowNotFoundException.class,
                () -> kit.client().workflow("x", String.class).result());
    }

    @Test
    void shouldWakeAtExactlyTheRightMillisecond() {
        List<Instant> woken = new ArrayList<>();
        MillraceTestKit kit = kit((ctx, in) -> {
            ctx.sleep(Duration.ofMillis(1_234));
            woken.add(ctx.now());
            return in;
        });
        kit.advance(Duration.ofMillis(7));
        start(kit, "w");
        kit.advance(Duration.ofMillis(1_233));
        assertEquals(List.of(), woken);
        kit.advance(Duration.ofMillis(1));
        assertEquals(List.of(BEGINNING.plusMillis(1_241)), woken);
    }

    @Test
    void shouldHaveOneClockForEverything() {
        MillraceTestKit kit = kit((ctx, in) -> {
            ctx.sleep(Duration.ofDays(365));
            return ctx.step("when", String.class, () -> ctx.workflowId());
        });
        WorkflowHandle<String> handle = start(kit, "w");
        kit.advance(Duration.ofDays(400));
        Instant end = BEGINNING.plus(Duration.ofDays(365));
        assertEquals(BEGINNING.plus(Duration.ofDays(400)), kit.clock().instant());
        assertEquals(BEGINNING, handle.describe().createdAt());
        assertEquals(end, handle.describe().completedAt().orElseThrow());
        assertEquals(end, kit.steps("w").get(1).completedAt().orElseThrow());
        ZoneId zone = ZoneId.of("Asia/Tokyo");
        assertEquals(kit.clock().instant(), kit.clock().withZone(zone).instant());
        assertEquals(zone, kit.clock().withZone(zone).getZone());
    }

    @Test
    void shouldPassAYearOfDailyWaits() {
        MillraceTestKit kit = kit((ctx, in) -> {
            for (int day = 0; day < 365; day++) {
                ctx.sleep(Duration.ofDays(1));
            }
            return ctx.now().toString();
        });
        WorkflowHandle<String> handle = start(kit, "w");
        kit.advance(Duration.ofDays(365));
        assertEquals("2027-01-14T12:00:00Z", handle.result());
    }

    @Test
    void shouldRunMoreWorkflowsThanItHasSlots() {
        MillraceTestKit kit =
                kit(builder -> builder.worker(worker -> worker.slots(2)).workflow("test", String.class, (ctx, in) -> {
                    ctx.step("a", () -> ran.add(ctx.workflowId()));
                    ctx.sleep(Duration.ofDays(1));
                    return in;
                }));
        for (int i = 0; i < 1_000; i++) {
            start(kit, "w" + i);
        }
        assertEquals(1_000, ran.size());
        kit.advance(Duration.ofDays(1));
        assertEquals(
                0,
                kit.client()
                        .list(WorkflowFilter.all().status(WorkflowStatus.RUNNING))
                        .workflows()
                        .size());
    }

    @Test
    void shouldRunStepsBesideEachOtherInTheOrderOfTheirCalls() {
        MillraceTestKit kit = kit((ctx, in) -> {
            List<Promise<String>> promises = new ArrayList<>();
            for (String name : List.of("c", "a", "b")) {
                promises.add(ctx.stepAsync(name, String.class, step -> {
                    ran.add(name + step.attempt());
                    if (name.equals("a") && step.attempt() == 1) {
                        throw new IllegalStateException("again");
                    }
                    return name;
                }));
            }
            return String.join("", promises.stream().map(Promise::get).toList());
        });
        WorkflowHandle<String> handle = start(kit, "w");
        assertEquals(List.of("c1", "a1", "b1"), ran);
        kit.advance(Duration.ofMinutes(1));
        assertEquals(List.of("c1", "a1", "b1", "a2"), ran);
        assertEquals("cab", handle.result(), kit::report);
    }

    @Test
    void shouldNotNoticeACrashBeforeTheLeaseIsOver() {
        MillraceTestKit[] kit = new MillraceTestKit[1];
        kit[0] = kit((ctx, in) -> {
            ctx.step("before", () -> ran.add("before"));
            ctx.step("crash", () -> {
                ran.add("crash");
                if (ran.size() == 2) {
                    kit[0].crashWorker();
                }
            });
            ran.add("after");
            return "done";
        });
        WorkflowHandle<String> handle = start(kit[0], "w");
        String open =
                assertThrows(WorkflowStillOpenException.class, handle::result).getMessage();
        assertTrue(open.contains("it is RUNNING, in worker 1, which has crashed and whose lease still runs"), open);
        kit[0].advance(Duration.ofMillis(9_999));
        assertEquals(List.of("before", "crash"), ran);

        kit[0].advance(Duration.ofMillis(1_001));
        assertEquals("done", handle.result(), kit[0]::report);
        assertEquals(List.of("before", "crash", "crash", "after"), ran);
        String history = String.join("\n", kit[0].history("w"));
        assertTrue(history.contains("worker 1 was lost"), history);
        assertTrue(history.contains("granted to worker 2, epoch 2"), history);
    }

    @Test
    void shouldEndTheCodeThatCrashesItsWorkerWhateverItCatches() {
        MillraceTestKit[] kit = new MillraceTestKit[1];
        kit[0] = kit(builder -> builder.recoveryLimit(2).workflow("test", String.class, (ctx, in) -> {
            ctx.sleep(Duration.ofSeconds(1));
            try {
                ctx.step("crash", RetryPolicy.of(10), () -> kit[0].crashWorker());
            } catch (RuntimeException e) {
                ran.add("caught");
            }
            ran.add("after");
            return in;
        }));
        WorkflowHandle<String> handle = start(kit[0], "w");
        kit[0].advance(Duration.ofMinutes(5));
        assertEquals(WorkflowStatus.RETRIES_EXHAUSTED, handle.status(), kit[0]::report);
        assertEquals(List.of(), ran);
    }

    @Test
    void shouldKeepSleepingWorkflowsThroughACrash() {
        MillraceTestKit kit = kit((ctx, in) -> {
            ctx.step("a", () -> ran.add("a"));
            ctx.sleep(Duration.ofDays(1));
            return "done";
        });
        WorkflowHandle<String> handle = start(kit, "w");
        kit.crashWorker();
        kit.advance(Duration.ofDays(1));
        assertEquals("done", handle.result(), kit::report);
        assertEquals(List.of("a"), ran);
        assertEquals(0, handle.describe().recoveryAttempts());
    }

    @Test
    void shouldLetAStepTakeTime() {
        MillraceTestKit[] kit = new MillraceTestKit[1];
        kit[0] = kit((ctx, in) -> {
            ctx.step("slow", () -> kit[0].advance(Duration.ofMinutes(5)));
            ran.add("after");
            return "done";
        });
        WorkflowHandle<String> handle = start(kit[0], "w");
        assertEquals("done", handle.result());
        StepDescription slow = kit[0].steps("w").get(0);
        assertEquals(BEGINNING, slow.startedAt().orElseThrow());
        assertEquals(BEGINNING.plus(Duration.ofMinutes(5)), slow.completedAt().orElseThrow());

        WorkflowHandle<String> late = kit[0].client()
                .start(
                        "test",
                        "in",
                        String.class,
                        StartOptions.workflowId("late").timeout(Duration.ofMinutes(1)));
        assertThrows(WorkflowTimedOutException.class, late::result);
        assertEquals(List.of("after"), ran);
    }

    @Test
    void shouldLetAStepStartAnotherWorkflowAndWaitForIt() {
        MillraceTestKit[] kit = new MillraceTestKit[1];
        kit[0] = kit(builder -> builder.workflow(
                        "test",
                        String.class,
                        (ctx, in) -> ctx.step(
                                "start",
                                String.class,
                                () -> kit[0].client()
                                        .start("other", in, String.class, StartOptions.workflowId("child"))
                                        .result()))
                .workflow("other", String.class, (ctx, in) -> ctx.step("b", String.class, () -> in + "!")));
        assertEquals("in!", start(kit[0], "w").result(), kit[0]::report);
    }

    @Test
    void shouldUnwindAllCodeOfTheWorkerThatCrashes() {
        MillraceTestKit[] kit = new MillraceTestKit[1];
        kit[0] = kit(builder -> builder.workflow("test", String.class, (ctx, in) -> {
                    ctx.step("start", () -> {
                        kit[0].client().start("other", in, String.class, StartOptions.workflowId("child"));
                        ran.add("started");
                    });
                    return "done";
                })
                .workflow("other", String.class, (ctx, in) -> {
                    ctx.step("crash", () -> {
                        if (ran.isEmpty()) {
                            ran.add("crash");
                            kit[0].crashWorker();
                        }
                    });
                    return "done";
                }));
        WorkflowHandle<String> handle = start(kit[0], "w");
        assertEquals(List.of("crash"), ran);
        kit[0].advance(Duration.ofSeconds(12));
        assertEquals("done", handle.result(), kit[0]::report);
        assertEquals(List.of("crash", "started"), ran);
    }

    @Test
    void shouldDeployOtherCodeToOpenWorkflows() {
        MillraceTestKit kit = kit((ctx, in) -> {
            ctx.sleep(Duration.ofHours(1));
            return "old";
        });
        WorkflowHandle<String> handle = start(kit, "w");
        WorkflowHandle<String> unknown = kit.client().start("new", "in", String.class, StartOptions.workflowId("n"));
        assertTrue(unknown.describe().waitingFor().orElseThrow().contains("workflow type \"new\""));

        kit.deploy(worker -> worker.workflow("new", String.class, (ctx, in) -> "new")
                .workflow("test", String.class, (ctx, in) -> {
                    ctx.sleep(Duration.ofHours(1));
                    return "new";
                }));
        assertEquals("new", unknown.result(), kit::report);
        kit.advance(Duration.ofHours(1));
        assertEquals("new", handle.result(), kit::report);
    }

    @Test
    void shouldComeOutTheSameEveryTime() {
        Workflow<String, String> random =
                (ctx, in) -> ctx.uuid() + " " + ctx.random().nextInt();
        assertEquals(start(kit(random), "w").result(), start(kit(random), "w").result());
        MillraceTestKit other = kit(builder -> builder.seed(7).workflow("test", String.class, random));
        assertFalse(start(kit(random), "w").result().equals(start(other, "w").result()));
    }

    @Test
    void shouldRefuseASecondThread() {
        MillraceTestKit[] kit = new MillraceTestKit[1];
        kit[0] = kit((ctx, in) -> {
            ctx.step(
                    "a",
                    RetryPolicy.NONE,
                    () -> CompletableFuture.runAsync(() -> kit[0].report()).join());
            return in;
        });
        WorkflowHandle<String> handle = start(kit[0], "w");
        String message = kit[0].steps("w").get(0).failure().orElseThrow().message();
        assertTrue(message.contains("in use by another thread"), message);
        assertEquals(WorkflowStatus.FAILED, handle.status());
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        MillraceTestKit[] kit = new MillraceTestKit[1];
        kit[0] = kit((ctx, in) -> {
            ctx.step("deploy", RetryPolicy.NONE, () -> kit[0].deploy(worker -> {}));
            return in;
        });
        start(kit[0], "w");
        assertEquals(
                "the code of a workflow cannot deploy other code",
                kit[0].steps("w").get(0).failure().orElseThrow().message());
        assertThrows(IllegalArgumentException.class, () -> kit[0].advance(Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> kit[0].advance(Duration.ofNanos(1)));
        assertThrows(
                IllegalArgumentException.class, () -> MillraceTestKit.builder().build());

        kit[0].close();
        kit[0].close();
        assertThrows(IllegalStateException.class, () -> kit[0].advance(Duration.ZERO));
    }
}
