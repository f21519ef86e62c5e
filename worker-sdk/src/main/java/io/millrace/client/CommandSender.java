package io.millrace.client;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Limits;
import io.millrace.schemas.WorkflowStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Sends commands to workflows and queues, and turns refusals into exceptions. Thread-safe. */
final class CommandSender {
    private final EngineConnection connection;
    private final String issuer;
    private final Duration requestTimeout;
    private final AtomicLong interventions;

    CommandSender(EngineConnection connection, MillraceClientBuilder settings) {
        this(connection, settings.issuer, settings.requestTimeout, new AtomicLong());
    }

    private CommandSender(
            EngineConnection connection, String issuer, Duration requestTimeout, AtomicLong interventions) {
        this.connection = connection;
        this.issuer = issuer;
        this.requestTimeout = requestTimeout;
        this.interventions = interventions;
    }

    /** The same for somebody else. Both count their interventions together: an end is another one whoever brought it about. */
    CommandSender actingFor(String somebody) {
        return new CommandSender(connection, somebody, requestTimeout, interventions);
    }

    /**
     * Sends a command.
     *
     * @return the reply of an engine that has accepted it; fails otherwise
     */
    CompletableFuture<CommandReply> send(String workflowId, ControlCommand command) {
        StartOptions.checkName("workflowId", workflowId, Limits.MAX_ID_CHARS);
        CompletableFuture<CommandReply> reply = request(workflowId, command);
        return Futures.cancelling(reply, reply.thenApply(answer -> accepted(command.name(), answer)));
    }

    /** As {@link #send}, to a queue: its name is what leads to the partition that has it. */
    CompletableFuture<CommandReply> sendToQueue(String queue, ControlCommand command) {
        StartOptions.checkName("queue", queue, Limits.MAX_NAME_CHARS);
        CompletableFuture<CommandReply> reply = request(queue, command);
        return Futures.cancelling(reply, reply.thenApply(answer -> acceptedByQueue(queue, answer)));
    }

    /** Counts the commands of this client by which some workflow may have come to another end, before their callers are told. */
    long interventions() {
        return interventions.get();
    }

    /** A command as it is sent, but for its body. */
    Command blank(CommandOptions options) {
        Command command = new Command();
        command.setCommandId(options.idOrGenerated());
        command.setIssuer(issuer);
        command.setReason(options.reason().orElse(null));
        command.setIssuedAtMs(System.currentTimeMillis());
        return command;
    }

    private CompletableFuture<CommandReply> request(String key, ControlCommand command) {
        Command record = blank(command.options());
        command.body().accept(record);
        CompletableFuture<CommandReply> sent = connection.send(key, record, requestTimeout);
        CompletableFuture<CommandReply> reply = sent.whenComplete((answer, error) -> note(command, answer))
                .exceptionally(error -> naming(record.getCommandId(), Futures.cause(error)));
        return Futures.cancelling(sent, reply);
    }

    /** A command that was not answered may have taken effect: only a refusal is certain to have changed nothing. */
    private void note(ControlCommand command, @Nullable CommandReply reply) {
        if (command.changesEnd() && (reply == null || isAccepted(reply))) {
            interventions.incrementAndGet();
        }
    }

    private static boolean isAccepted(CommandReply reply) {
        return reply.getOutcome() == CommandOutcome.ACCEPTED;
    }

    private static boolean isKnown(CommandReply reply) {
        return isAccepted(reply) || reply.getStatus() != WorkflowStatus.UNKNOWN;
    }

    private static CommandReply naming(String commandId, Throwable error) {
        throw error instanceof EngineUnavailableException unavailable
                ? unavailable.ofCommand(commandId)
                : new CompletionException(error);
    }

    private static CommandReply accepted(String name, CommandReply reply) {
        if (isAccepted(reply)) {
            return reply;
        }
        if (!isKnown(reply) && !reply.getInvalid()) {
            throw new WorkflowNotFoundException(reply.getWorkflowId());
        }
        throw new CommandRejectedException(name, reply);
    }

    private static CommandReply acceptedByQueue(String queue, CommandReply reply) {
        if (isAccepted(reply)) {
            return reply;
        }
        throw new QueueRejectedException(
                queue, Optional.ofNullable(reply.getReason()).orElse("the engine gave no reason"));
    }

    static CommandResult resultOf(CommandReply reply) {
        return new CommandResult(
                reply.getCommandId(), reply.getWorkflowId(), reply.getStatus(), Optional.ofNullable(reply.getReason()));
    }
}
