package io.millrace.client;

import io.millrace.schemas.Answer;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Query;
import io.millrace.schemas.WorkflowState;
import java.time.Duration;
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

    /** Lets go of everything; what is still waited for fails. */
    @Override
    void close();
}
