package io.millrace.client;

import io.millrace.schemas.Answer;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Query;
import io.millrace.schemas.WorkflowState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The narrow way from a client to the engine. Over Kafka in production; a fake or an in-process engine in tests.
 *
 * <p>Thread-safe. Its futures complete on threads of its own, so what depends on them must not block.
 */
public interface EngineConnection extends AutoCloseable {
    /** How many partitions the engine has. */
    int partitions();

    /** The partition that owns this workflow. */
    int partitionOf(String workflowId);

    /**
     * Sends a command and waits for its one reply. The connection sets where to reply.
     *
     * @return fails with {@link EngineUnavailableException} when there is no reply in time
     */
    CompletableFuture<CommandReply> send(String workflowId, Command command, Duration timeout);

    /**
     * Asks one partition, again and again until it answers. The connection sets the query's id and where to answer.
     *
     * @return fails with {@link EngineUnavailableException} when there is no answer in time
     */
    CompletableFuture<Answer> ask(int partition, Query query, Duration timeout);

    /**
     * Waits for a workflow to end. An end from before a resume or a rewind whose reply this connection has returned is none.
     *
     * @return its closed state; fails with {@link WorkflowNotFoundException} or {@link WorkflowStillOpenException}
     */
    CompletableFuture<WorkflowState> ended(String workflowId, Duration timeout);

    /**
     * Offers what workflows change to from now on, or from a place on, until the returned following is closed or the sink was told of the
     * end. Changes of one workflow come in order; of several changes at least the last one comes.
     *
     * @param after where to begin; empty for now
     * @return completes when nothing from now on will be missed; fails with {@link UnknownPositionException}, with {@link
     *     LimitExceededException}, or with {@link EngineUnavailableException} when Kafka does not answer in time
     */
    default CompletableFuture<StatusFollowing> follow(
            Optional<StatusPosition> after, StatusSink sink, Duration timeout) {
        return CompletableFuture.failedFuture(new MillraceException("this connection has no stream of status changes"));
    }

    /**
     * The workers that were heard of lately.
     *
     * @return fails with {@link EngineUnavailableException} when they could not be read in time
     */
    default CompletableFuture<List<SeenWorker>> workers(Duration timeout) {
        return CompletableFuture.failedFuture(new MillraceException("this connection does not hear of workers"));
    }

    /** Lets go of everything; what is still waited for fails. */
    @Override
    void close();
}
