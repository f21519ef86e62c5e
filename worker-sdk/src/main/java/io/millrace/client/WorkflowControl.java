package io.millrace.client;

import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Payload;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * The commands to one workflow, as its {@link WorkflowHandle} has them.
 *
 * <p>A command returns when the engine has accepted it. It throws {@link CommandRejectedException} if the engine refuses it, which names
 * the workflow's status and the reason; {@link WorkflowNotFoundException} if there is no workflow of this id; {@link
 * LimitExceededException} or {@link IllegalArgumentException} for what is too large or cannot be, before anything was sent; and {@link
 * EngineUnavailableException} if there is no answer within the request timeout. It may still take effect then: the same command
 * under the same id ({@link EngineUnavailableException#commandId()}, which is also in the message) has one effect and one answer,
 * however often it is given.
 */
public abstract sealed class WorkflowControl permits WorkflowHandle {
    final MillraceClient client;
    final String workflowId;

    /** Repeats what comes before the engine knows the workflow, where it is certain that there is one. */
    final UntilKnown untilKnown;

    WorkflowControl(MillraceClient client, WorkflowStarts.Started started) {
        this.client = client;
        this.workflowId = started.workflowId();
        this.untilKnown = started.localEnding() != null ? client.untilKnown() : UntilKnown.NOT_WAITING;
    }

    /** As {@link #cancel(StopOptions)}, its children too. */
    public CommandResult cancel() {
        return cancel(StopOptions.none());
    }

    /**
     * Asks the workflow to stop. One that has not begun is {@code CANCELLED} at once; else it is {@code CANCELLING} until its running step
     * has ended and its code has cleaned up. Accepted without a change where it is cancelled already.
     */
    public CommandResult cancel(StopOptions options) {
        return Futures.await(request(ControlCommand.cancel(options)));
    }

    /** As {@link #cancel()}, without a thread that waits. */
    public CompletableFuture<CommandResult> cancelAsync() {
        return cancelAsync(StopOptions.none());
    }

    /** As {@link #cancel(StopOptions)}, without a thread that waits. */
    public CompletableFuture<CommandResult> cancelAsync(StopOptions options) {
        return requestAsync(ControlCommand.cancel(options));
    }

    /** As {@link #terminate(StopOptions)}, its children too. */
    public CommandResult terminate() {
        return terminate(StopOptions.none());
    }

    /** Stops the workflow at once, without a clean-up; what its worker still does is not taken any more. */
    public CommandResult terminate(StopOptions options) {
        return Futures.await(request(ControlCommand.terminate(options)));
    }

    /** As {@link #terminate()}, without a thread that waits. */
    public CompletableFuture<CommandResult> terminateAsync() {
        return terminateAsync(StopOptions.none());
    }

    /** As {@link #terminate(StopOptions)}, without a thread that waits. */
    public CompletableFuture<CommandResult> terminateAsync(StopOptions options) {
        return requestAsync(ControlCommand.terminate(options));
    }

    /** As {@link #pause(CommandOptions)}. */
    public CommandResult pause() {
        return pause(CommandOptions.none());
    }

    /** Stops the workflow where its next step would begin; it keeps everything. */
    public CommandResult pause(CommandOptions options) {
        return Futures.await(request(ControlCommand.pause(options)));
    }

    /** As {@link #pause()}, without a thread that waits. */
    public CompletableFuture<CommandResult> pauseAsync() {
        return pauseAsync(CommandOptions.none());
    }

    /** As {@link #pause(CommandOptions)}, without a thread that waits. */
    public CompletableFuture<CommandResult> pauseAsync(CommandOptions options) {
        return requestAsync(ControlCommand.pause(options));
    }

    /** As {@link #unpause(CommandOptions)}. */
    public CommandResult unpause() {
        return unpause(CommandOptions.none());
    }

    /** Lets a paused workflow go on. */
    public CommandResult unpause(CommandOptions options) {
        return Futures.await(request(ControlCommand.unpause(options)));
    }

    /** As {@link #unpause()}, without a thread that waits. */
    public CompletableFuture<CommandResult> unpauseAsync() {
        return unpauseAsync(CommandOptions.none());
    }

    /** As {@link #unpause(CommandOptions)}, without a thread that waits. */
    public CompletableFuture<CommandResult> unpauseAsync(CommandOptions options) {
        return requestAsync(ControlCommand.unpause(options));
    }

    /** As {@link #resume(ResumeOptions)}, on its own queue. */
    public CommandResult resume() {
        return resume(ResumeOptions.none());
    }

    /**
     * Lets a closed workflow go on from its last completed step, or an enqueued or delayed one run now, before all others and past the
     * limits of its queue. Rejected where it is {@code COMPLETED}; accepted without a change where it runs.
     */
    public CommandResult resume(ResumeOptions options) {
        return Futures.await(request(ControlCommand.resume(options)));
    }

    /** As {@link #resume()}, without a thread that waits. */
    public CompletableFuture<CommandResult> resumeAsync() {
        return resumeAsync(ResumeOptions.none());
    }

    /** As {@link #resume(ResumeOptions)}, without a thread that waits. */
    public CompletableFuture<CommandResult> resumeAsync(ResumeOptions options) {
        return requestAsync(ControlCommand.resume(options));
    }

    /** As {@link #rewind(FromStep, CommandOptions)}. */
    public CommandResult rewind(FromStep from) {
        return rewind(from, CommandOptions.none());
    }

    /** Lets a closed workflow run again from a step, in place: what is on record from there on is dropped, but for its history. */
    public CommandResult rewind(FromStep from, CommandOptions options) {
        return Futures.await(request(ControlCommand.rewind(from, options)));
    }

    /** As {@link #rewind(FromStep)}, without a thread that waits. */
    public CompletableFuture<CommandResult> rewindAsync(FromStep from) {
        return rewindAsync(from, CommandOptions.none());
    }

    /** As {@link #rewind(FromStep, CommandOptions)}, without a thread that waits. */
    public CompletableFuture<CommandResult> rewindAsync(FromStep from, CommandOptions options) {
        return requestAsync(ControlCommand.rewind(from, options));
    }

    /** As {@link #setPriority(int, CommandOptions)}. */
    public CommandResult setPriority(int priority) {
        return setPriority(priority, CommandOptions.none());
    }

    /**
     * Gives a workflow that waits on its queue another priority; it keeps its place among those of the same one. Rejected where it does not
     * wait, or its queue has no priorities.
     *
     * @param priority 1 (goes first) to {@link io.millrace.schemas.Limits#MAX_PRIORITY}
     */
    public CommandResult setPriority(int priority, CommandOptions options) {
        return Futures.await(request(ControlCommand.setPriority(priority, options)));
    }

    /** As {@link #setPriority(int)}, without a thread that waits. */
    public CompletableFuture<CommandResult> setPriorityAsync(int priority) {
        return setPriorityAsync(priority, CommandOptions.none());
    }

    /** As {@link #setPriority(int, CommandOptions)}, without a thread that waits. */
    public CompletableFuture<CommandResult> setPriorityAsync(int priority, CommandOptions options) {
        return requestAsync(ControlCommand.setPriority(priority, options));
    }

    /** As {@link #moveToQueue(String, MoveOptions)}, without priority and partition key. */
    public CommandResult moveToQueue(String queue) {
        return moveToQueue(queue, MoveOptions.none());
    }

    /** Takes a workflow that has not begun to another queue, to the end of those of its priority there. Rejected where it has begun. */
    public CommandResult moveToQueue(String queue, MoveOptions options) {
        return Futures.await(request(ControlCommand.moveToQueue(queue, options)));
    }

    /** As {@link #moveToQueue(String)}, without a thread that waits. */
    public CompletableFuture<CommandResult> moveToQueueAsync(String queue) {
        return moveToQueueAsync(queue, MoveOptions.none());
    }

    /** As {@link #moveToQueue(String, MoveOptions)}, without a thread that waits. */
    public CompletableFuture<CommandResult> moveToQueueAsync(String queue, MoveOptions options) {
        return requestAsync(ControlCommand.moveToQueue(queue, options));
    }

    /** As {@link #send(String, Object, MessageOptions)}. */
    public CommandResult send(String topic, Object payload) {
        return send(topic, payload, MessageOptions.none());
    }

    /**
     * Puts a message where the workflow receives it, now or later. Messages of one sender that waits for each are received in order.
     *
     * @param topic 1 to {@link MessageOptions#MAX_KEY_CHARS} characters
     * @throws io.millrace.payload.PayloadException if the payload cannot be encoded; nothing was sent
     */
    public CommandResult send(String topic, Object payload, MessageOptions options) {
        return Futures.await(request(message(topic, payload, options)));
    }

    /** As {@link #send(String, Object)}, without a thread that waits. */
    public CompletableFuture<CommandResult> sendAsync(String topic, Object payload) {
        return sendAsync(topic, payload, MessageOptions.none());
    }

    /** As {@link #send(String, Object, MessageOptions)}, without a thread that waits. */
    public CompletableFuture<CommandResult> sendAsync(String topic, Object payload, MessageOptions options) {
        return requestAsync(message(topic, payload, options));
    }

    private CompletableFuture<CommandResult> request(ControlCommand command) {
        return reply(command).thenApply(CommandSender::resultOf);
    }

    private CompletableFuture<CommandResult> requestAsync(ControlCommand command) {
        return client.onCallbackThread(reply(command), CommandSender::resultOf);
    }

    CompletableFuture<CommandReply> reply(ControlCommand command) {
        ControlCommand same = command.underOneId();
        return untilKnown.call(() -> client.commands().send(workflowId, same));
    }

    private ControlCommand message(String topic, Object payload, MessageOptions options) {
        Payload encoded = client.payloads().encode("payload", Objects.requireNonNull(payload, "payload"));
        return ControlCommand.send(topic, Objects.requireNonNull(encoded), options);
    }
}
