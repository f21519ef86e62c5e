package io.millrace.engine.testing;

import io.millrace.schemas.Cancel;
import io.millrace.schemas.Command;
import io.millrace.schemas.Fork;
import io.millrace.schemas.NewInput;
import io.millrace.schemas.Pause;
import io.millrace.schemas.Payload;
import io.millrace.schemas.Resume;
import io.millrace.schemas.Rewind;
import io.millrace.schemas.SendMessage;
import io.millrace.schemas.StartPoint;
import io.millrace.schemas.StepPoint;
import io.millrace.schemas.Terminate;
import io.millrace.schemas.Unpause;
import org.jspecify.annotations.Nullable;

/** Control commands as clients send them, with everything that does not matter filled in. */
public final class Commands {
    static {
        Samples.ready();
    }

    private Commands() {}

    /** A command without a body. */
    public static Command empty(String commandId) {
        Command command = new Command();
        command.setCommandId(commandId);
        command.setIssuer("tester");
        command.setIssuedAtMs(0);
        command.setReplyPartition(2);
        return command;
    }

    /** A cancel that takes the children along. */
    public static Command cancel(String commandId) {
        return cancel(commandId, true);
    }

    /** A cancel. */
    public static Command cancel(String commandId, boolean cascade) {
        Command command = empty(commandId);
        command.setReason("no need");
        command.setCancel(new Cancel(cascade));
        return command;
    }

    /** A termination that takes the children along. */
    public static Command terminate(String commandId) {
        return terminate(commandId, true);
    }

    /** A termination. */
    public static Command terminate(String commandId, boolean cascade) {
        Command command = empty(commandId);
        command.setTerminate(new Terminate(cascade));
        return command;
    }

    /** A pause. */
    public static Command pause(String commandId) {
        Command command = empty(commandId);
        command.setPause(new Pause());
        return command;
    }

    /** The end of a pause. */
    public static Command unpause(String commandId) {
        Command command = empty(commandId);
        command.setUnpause(new Unpause());
        return command;
    }

    /** A resume on the workflow's own queue. */
    public static Command resume(String commandId) {
        return resume(commandId, null);
    }

    /** A resume. */
    public static Command resume(String commandId, @Nullable String queue) {
        Command command = empty(commandId);
        command.setResume(new Resume(queue));
        return command;
    }

    /** A rewind to a step. */
    public static Command rewind(String commandId, int step) {
        return rewind(commandId, step(step));
    }

    /** A rewind. */
    public static Command rewind(String commandId, StartPoint from) {
        Command command = empty(commandId);
        command.setRewind(new Rewind(from));
        return command;
    }

    /** A fork from a step. */
    public static Command fork(String commandId, String forkId, int step) {
        return fork(commandId, forkId, step(step));
    }

    /** A fork. */
    public static Command fork(String commandId, String forkId, StartPoint from) {
        Command command = empty(commandId);
        Fork fork = new Fork();
        fork.setWorkflowId(forkId);
        fork.setFrom(from);
        command.setFork(fork);
        return command;
    }

    /** A fork from step 1, with another input. */
    public static Command forkWith(String commandId, String forkId, Payload input) {
        Command command = fork(commandId, forkId, 1);
        command.getFork().setNewInput(new NewInput(input));
        return command;
    }

    /** A message; its payload is what it says, as JSON. */
    public static Command send(String commandId, String topic, String says) {
        Command command = empty(commandId);
        command.setSendMessage(new SendMessage(topic, Samples.json("\"" + says + "\""), null));
        return command;
    }

    /** A message that is to be taken once. */
    public static Command sendOnce(String commandId, String topic, String key) {
        Command command = send(commandId, topic, commandId);
        command.getSendMessage().setIdempotencyKey(key);
        return command;
    }

    /** A step by its number. */
    public static StartPoint step(int seq) {
        return new StartPoint(seq, null, null);
    }

    /** A step by its name. */
    public static StartPoint named(String name) {
        return new StartPoint(null, name, null);
    }

    /** A step by what it is. */
    public static StartPoint at(StepPoint point) {
        return new StartPoint(null, null, point);
    }
}
