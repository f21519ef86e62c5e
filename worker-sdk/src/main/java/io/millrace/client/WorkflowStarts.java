package io.millrace.client;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Start;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Starts workflows, in this process where that is wanted and possible. Thread-safe. */
final class WorkflowStarts {
    private final EngineConnection connection;
    private final Duration requestTimeout;
    private final Payloads payloads;
    private final CommandSender commands;
    private final StartSpans spans;
    private final @Nullable LocalStarts localStarts;

    WorkflowStarts(EngineConnection connection, MillraceClientBuilder settings, MillraceClient client) {
        this.connection = connection;
        this.requestTimeout = settings.requestTimeout;
        this.payloads = client.payloads();
        this.commands = client.commands();
        this.spans = client.spans();
        this.localStarts = settings.eagerStarter == null
                ? null
                : new LocalStarts(settings.eagerStarter, connection, client.untilKnown(), commands::interventions);
    }

    private WorkflowStarts(WorkflowStarts original, CommandSender commands) {
        this.connection = original.connection;
        this.requestTimeout = original.requestTimeout;
        this.payloads = original.payloads;
        this.spans = original.spans;
        this.localStarts = original.localStarts;
        this.commands = commands;
    }

    /** The same, for whom these commands are. */
    WorkflowStarts with(CommandSender others) {
        return new WorkflowStarts(this, others);
    }

    /**
     * A workflow that is there now.
     *
     * @param existing whether it was there before
     * @param localEnding how to wait for its end, where it was started in this process
     */
    record Started(String workflowId, boolean existing, LocalStarts.@Nullable Ending localEnding) {}

    CompletableFuture<Started> start(String workflowType, @Nullable Object input, StartOptions options) {
        StartOptions.checkName("workflowType", workflowType, Limits.MAX_NAME_CHARS);
        Start start = options.toStart();
        start.setWorkflowType(workflowType);
        start.setInput(payloads.encode("input", input));
        String workflowId = options.idOrGenerated();
        return spans.start(workflowId, start, () -> send(workflowId, start, options));
    }

    private CompletableFuture<Started> send(String workflowId, Start start, StartOptions options) {
        Command command = commands.blank(options.command());
        command.setStart(start);
        if (localStarts != null && options.hasGeneratedId()) {
            Optional<CompletableFuture<LocalStarts.Ending>> here = localStarts.tryStart(workflowId, command);
            if (here.isPresent()) {
                return here.get().thenApply(ending -> new Started(workflowId, false, ending));
            }
        }
        return connection.send(workflowId, command, requestTimeout).thenApply(reply -> started(workflowId, reply));
    }

    private static Started started(String workflowId, CommandReply reply) {
        if (reply.getOutcome() != CommandOutcome.ACCEPTED) {
            throw new StartRejectedException(
                    workflowId,
                    Optional.ofNullable(reply.getReason()).orElse("the engine gave no reason"),
                    reply.getDeduplicationHolder());
        }
        // The id that was asked for is no workflow's where another one holds the deduplication id.
        String there = Optional.ofNullable(reply.getDeduplicationHolder()).orElse(workflowId);
        return new Started(there, reply.getExisting(), null);
    }
}
