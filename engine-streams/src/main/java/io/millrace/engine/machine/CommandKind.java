package io.millrace.engine.machine;

import io.millrace.schemas.Command;
import io.millrace.schemas.WorkflowStatus;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which command a {@link Command} holds, for exhaustive switches. */
public enum CommandKind {
    START(Command::getStart),
    CANCEL(Command::getCancel),
    TERMINATE(Command::getTerminate),
    PAUSE(Command::getPause),
    UNPAUSE(Command::getUnpause),
    RESUME(Command::getResume),
    REWIND(Command::getRewind),
    FORK(Command::getFork),
    SEND_MESSAGE(Command::getSendMessage),
    SET_PRIORITY(Command::getSetPriority),
    MOVE_TO_QUEUE(Command::getMoveToQueue),
    /** About a queue, and not about a workflow: see {@link #isAboutQueue}. */
    SET_QUEUE(Command::getSetQueue);

    private static final CommandKind[] ALL = values();

    private final Function<Command, @Nullable Object> body;

    CommandKind(Function<Command, @Nullable Object> body) {
        this.body = body;
    }

    /** The kind of a command; null where it has no body that this engine knows, or more than one. */
    public static @Nullable CommandKind of(Command command) {
        CommandKind found = null;
        for (CommandKind kind : ALL) {
            if (kind.body.apply(command) != null) {
                if (found != null) {
                    return null;
                }
                found = kind;
            }
        }
        return found;
    }

    /** Whether the command is about a queue, so that its key is the name of one and no workflow decides on it. */
    public static boolean isAboutQueue(Command command) {
        return of(command) == SET_QUEUE;
    }

    /** Whether it is decided, in this status, by what the workflow did and not by its state alone. */
    public boolean needsJournal(WorkflowStatus status) {
        if (this == START || this == SET_QUEUE) {
            return false;
        }
        CommandTable.Outcome outcome = CommandTable.of(this, status);
        return outcome == CommandTable.Outcome.REOPEN || outcome == CommandTable.Outcome.COPY;
    }

    /** As people read it: "send message". */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
