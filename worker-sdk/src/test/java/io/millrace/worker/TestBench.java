package io.millrace.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.schemas.CancelRequested;
import io.millrace.schemas.Grant;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.PauseChanged;
import io.millrace.schemas.TrustedRecords;
import io.millrace.worker.internal.execution.WorkerEnvironment;
import io.millrace.worker.internal.execution.WorkerThreads;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A worker with one workflow type, "test", between topics in memory and a clock that is advanced by hand. */
final class TestBench implements AutoCloseable {
    final HandClock clock = new HandClock();
    final FakeTopics topics;
    final Worker worker;

    private TestBench(
            int partitions, WorkerThreads threads, Duration parkAfter, UnaryOperator<WorkerBuilder> settings) {
        TrustedRecords.establish();
        topics = new FakeTopics(partitions);
        WorkerEnvironment environment =
                new WorkerEnvironment("test", clock, threads, new Random(42), topics, parkAfter);
        worker = settings.apply(new WorkerBuilder("nowhere"))
                .environment(environment)
                .build();
        worker.start();
    }

    /** Everything in the calling thread; every wait parks. */
    static TestBench inOneThread(Workflow<String, ?> workflow) {
        return inOneThread(1, workflow);
    }

    /** The same, with so many partitions of workflows. */
    static TestBench inOneThread(int partitions, Workflow<String, ?> workflow) {
        WorkerThreads direct = new WorkerThreads(Runnable::run, Runnable::run, Runnable::run, () -> {});
        return new TestBench(
                partitions, direct, Duration.ZERO, builder -> builder.workflow("test", String.class, workflow));
    }

    /** The same, with other settings. */
    static TestBench inOneThread(Workflow<String, ?> workflow, UnaryOperator<WorkerBuilder> settings) {
        WorkerThreads direct = new WorkerThreads(Runnable::run, Runnable::run, Runnable::run, () -> {});
        return new TestBench(
                1, direct, Duration.ZERO, builder -> settings.apply(builder.workflow("test", String.class, workflow)));
    }

    /** With real threads; waits longer than 1 s park. */
    static TestBench threaded(Workflow<String, ?> workflow) {
        return threaded(workflow, builder -> builder);
    }

    static TestBench threaded(Workflow<String, ?> workflow, UnaryOperator<WorkerBuilder> settings) {
        return new TestBench(
                1,
                WorkerThreads.best(8),
                WorkerEnvironment.PARK_AFTER,
                builder -> settings.apply(builder.workflow("test", String.class, workflow)));
    }

    /** Grants the workflow "w" with this record, and returns the facts of this execution. */
    List<String> run(String record) {
        return run(Records.grant("w", 1, record));
    }

    List<String> run(Grant grant) {
        int before = topics.facts().size();
        topics.grant(grant);
        return topics.facts().subList(before, topics.facts().size());
    }

    /** Tells the worker that the workflow was cancelled. */
    void cancel(String workflowId, long epoch) {
        topics.deliver(InboxMessage.newBuilder()
                .setCancelRequested(new CancelRequested(workflowId, epoch, Records.notice()))
                .build());
    }

    /** Tells the worker that the workflow is paused, or goes on. */
    void pause(String workflowId, long epoch, boolean paused) {
        topics.deliver(InboxMessage.newBuilder()
                .setPauseChanged(new PauseChanged(workflowId, epoch, paused))
                .build());
    }

    /** Returns when these are the facts that were sent, a text for each record. */
    void awaitFacts(String... expected) {
        await().untilAsserted(() -> assertEquals(List.of(expected), topics.facts()));
    }

    /** Returns when these are the facts that were sent, however they are shared out among records. */
    void awaitEachFact(String... expected) {
        await().untilAsserted(() -> assertEquals(List.of(expected), eachFact()));
    }

    List<String> eachFact() {
        return topics.facts().stream()
                .flatMap(record -> Stream.of(record.split(" \\+ ")))
                .toList();
    }

    @Override
    public void close() {
        worker.close();
    }
}
