package io.millrace.client;

import io.millrace.schemas.Cancel;
import io.millrace.schemas.Command;
import io.millrace.schemas.Fork;
import io.millrace.schemas.Limits;
import io.millrace.schemas.MoveToQueue;
import io.millrace.schemas.Pause;
import io.millrace.schemas.Payload;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.Resume;
import io.millrace.schemas.Rewind;
import io.millrace.schemas.SendMessage;
import io.millrace.schemas.SetPriority;
import io.millrace.schemas.SetQueue;
import io.millrace.schemas.Terminate;
import io.millrace.schemas.Unpause;
import java.util.function.Consumer;

/**
 * A command to a workflow that is there already, whichever workflow it is; or to a queue.
 *
 * @param name what people call it
 * @param changesEnd whether the workflow may come to another end by it
 * @param options its reason and its id
 * @param body sets the one body that the command has
 */
record ControlCommand(String name, boolean changesEnd, CommandOptions options, Consumer<Command> body) {
    private ControlCommand(String name, CommandOptions options, Consumer<Command> body) {
        this(name, false, options, body);
    }

    static ControlCommand cancel(StopOptions options) {
        return new ControlCommand(
                "cancel", true, options.command(), command -> command.setCancel(new Cancel(options.cascade())));
    }

    static ControlCommand terminate(StopOptions options) {
        return new ControlCommand(
                "terminate",
                true,
                options.command(),
                command -> command.setTerminate(new Terminate(options.cascade())));
    }

    static ControlCommand pause(CommandOptions options) {
        return new ControlCommand("pause", options, command -> command.setPause(new Pause()));
    }

    static ControlCommand unpause(CommandOptions options) {
        return new ControlCommand("unpause", options, command -> command.setUnpause(new Unpause()));
    }

    static ControlCommand resume(ResumeOptions options) {
        return new ControlCommand(
                "resume",
                true,
                options.command(),
                command -> command.setResume(new Resume(options.queue().orElse(null))));
    }

    static ControlCommand rewind(FromStep from, CommandOptions options) {
        return new ControlCommand(
                "rewind", true, options, command -> command.setRewind(new Rewind(from.toStartPoint())));
    }

    static ControlCommand fork(Fork fork, CommandOptions options) {
        return new ControlCommand("fork", options, command -> command.setFork(fork));
    }

    static ControlCommand send(String topic, Payload payload, MessageOptions options) {
        MessageOptions.checkKey("topic", topic);
        SendMessage message =
                new SendMessage(topic, payload, options.idempotencyKey().orElse(null));
        return new ControlCommand("send", options.command(), command -> command.setSendMessage(message));
    }

    static ControlCommand setPriority(int priority, CommandOptions options) {
        StartOptions.checkPriority(priority);
        return new ControlCommand("setPriority", options, command -> command.setSetPriority(new SetPriority(priority)));
    }

    static ControlCommand moveToQueue(String queue, MoveOptions options) {
        StartOptions.checkName("queue", queue, Limits.MAX_NAME_CHARS);
        MoveToQueue move = options.toMove(queue);
        return new ControlCommand("moveToQueue", options.command(), command -> command.setMoveToQueue(move));
    }

    static ControlCommand setQueue(QueueSettings settings, CommandOptions options) {
        return new ControlCommand("setQueue", options, command -> command.setSetQueue(new SetQueue(settings, false)));
    }

    /** The same command under one id, however often it is sent: its own, or a new one. */
    ControlCommand underOneId() {
        return under(options.idOrGenerated());
    }

    /** The same command under this id. */
    ControlCommand under(String commandId) {
        return new ControlCommand(name, changesEnd, options.commandId(commandId), body);
    }
}
