package io.millrace.worker.internal.execution;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What user code runs on. Workflows and the steps beside them have threads apart: a workflow that waits for a step holds its
 * thread, so steps that waited for a thread of the same bounded pool could wait forever.
 *
 * @param workflows runs workflows, and the steps that they wait for at once
 * @param steps runs steps beside workflows
 * @param control brings the worker back after it lost its lease: apart from the others, which may all be busy then
 * @param shutdown ends the threads that are idle; busy ones end when their task does
 * @param joining how a workflow's thread stands still
 */
public record WorkerThreads(Executor workflows, Executor steps, Executor control, Runnable shutdown, Joining joining) {
    private static final long IDLE_SECONDS = 30;

    /** Threads that stand still as all threads of Java do. */
    public WorkerThreads(Executor workflows, Executor steps, Executor control, Runnable shutdown) {
        this(workflows, steps, control, shutdown, CompletableFuture::join);
    }

    /** How a thread waits for what another one does. */
    @FunctionalInterface
    public interface Joining {
        /** Waits until this is complete, not to be interrupted, and returns what it is complete with. */
        <T> T join(CompletableFuture<T> future);
    }

    /** Virtual threads where the JDK has them (21 and newer), else bounded pools of platform threads. */
    public static WorkerThreads best(int poolSize) {
        ExecutorService virtual = virtualThreadsOrNull();
        if (virtual == null) {
            return platform(poolSize);
        }
        ExecutorService control = pool(1, "millrace-control-");
        return new WorkerThreads(virtual, virtual, control, () -> {
            virtual.shutdown();
            control.shutdown();
        });
    }

    /** Pools of platform threads, of at most so many each. */
    static WorkerThreads platform(int poolSize) {
        ThreadPoolExecutor workflows = pool(poolSize, "millrace-workflow-");
        ThreadPoolExecutor steps = pool(poolSize, "millrace-step-");
        ExecutorService control = pool(1, "millrace-control-");
        return new WorkerThreads(workflows, steps, control, () -> {
            workflows.shutdown();
            steps.shutdown();
            control.shutdown();
        });
    }

    private static ThreadPoolExecutor pool(int size, String prefix) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory = task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static @Nullable ExecutorService virtualThreadsOrNull() {
        try {
            MethodHandle make = MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class));
            return (ExecutorService) make.invoke();
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null;
        } catch (Throwable e) {
            throw new IllegalStateException("this JDK has virtual threads and does not give any", e);
        }
    }
}
