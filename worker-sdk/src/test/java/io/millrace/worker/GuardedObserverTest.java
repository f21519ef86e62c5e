package io.millrace.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An observer that throws, whatever it is told. */
class GuardedObserverTest {
    private static final Map<Class<?>, Object> ARGUMENTS = Map.of(
            int.class,
            1,
            long.class,
            2L,
            boolean.class,
            true,
            String.class,
            "test",
            WorkerObserver.StepEnd.class,
            WorkerObserver.StepEnd.FAILED,
            WorkerObserver.ExecutionEnd.class,
            WorkerObserver.ExecutionEnd.PARKED);

    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void shouldPassEverythingOnAndKeepWhatIsThrown() throws ReflectiveOperationException {
        WorkerObserver guarded = new GuardedObserver(throwing());
        List<String> calls = new ArrayList<>();
        for (Method method : WorkerObserver.class.getDeclaredMethods()) {
            if (method.isDefault()) {
                List<Object> arguments = Stream.of(method.getParameterTypes())
                        .<Object>map(ARGUMENTS::get)
                        .toList();
                method.invoke(guarded, arguments.toArray());
                calls.add(method.getName() + " " + arguments);
            }
        }

        assertEquals(calls, told);
    }

    @Test
    void shouldNotStopTheWorker() {
        AtomicInteger runs = new AtomicInteger();
        try (TestBench bench = TestBench.threaded(
                (ctx, input) -> {
                    ctx.step("a", () -> {
                        runs.incrementAndGet();
                    });
                    return "done";
                },
                builder -> builder.observer(throwing()))) {
            bench.topics.grant(Records.grant("w", 1, ""));
            bench.awaitEachFact("step 1 a #1 -> null", "completed \"done\" after 1");

            bench.topics.holdHeartbeats(true);
            bench.clock.advance(Duration.ofSeconds(9));
            // Before the lease lapses: what begins anew then, in a thread of its own, is to be heard.
            bench.topics.holdHeartbeats(false);
            bench.clock.freeze(Duration.ofSeconds(1));
            bench.clock.advance(Duration.ofSeconds(1));
            await().until(() ->
                    told.stream().filter(call -> call.startsWith("ready")).count() == 2);
        }
        assertEquals(1, runs.get());
    }

    private WorkerObserver throwing() {
        InvocationHandler handler = (proxy, method, arguments) -> {
            told.add(method.getName() + " " + (arguments == null ? List.of() : List.of(arguments)));
            throw new AssertionError("the observer is broken");
        };
        return (WorkerObserver) Proxy.newProxyInstance(
                WorkerObserver.class.getClassLoader(), new Class<?>[] {WorkerObserver.class}, handler);
    }
}
