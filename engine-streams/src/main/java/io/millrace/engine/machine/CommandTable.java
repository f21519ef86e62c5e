package io.millrace.engine.machine;

import io.millrace.schemas.WorkflowStatus;
import java.util.EnumMap;
import java.util.Map;

/** What each command does in each status. This is the only place that says so; one that starts a workflow, or is about a queue, is not among them. */
final class CommandTable {
    /** What a command comes to. */
    enum Outcome {
        /** It never ran in this run of it: closed at once. */
        STOP,
        /** Its code is told, and may clean up. */
        ASK,
        /** As in the status that it was paused in. */
        AS_BEFORE,
        /** Closed at once, whoever runs it. */
        KILL,
        PAUSE,
        UNPAUSE,
        /** It goes before all others of its queue. */
        HURRY,
        /** Closed, it is enqueued again, with a part of its steps. */
        REOPEN,
        COPY,
        TAKE,
        /** It waits among those of another priority. */
        RANK,
        /** It waits on another queue. */
        MOVE,
        /** Accepted, and nothing changes. */
        SAME,
        /** Refused. */
        NO
    }

    private static final String TABLE = """
                       DELAYED  ENQUEUED  RUNNING  PAUSED     CANCELLING  COMPLETED  FAILED  CANCELLED  TERMINATED  TIMED_OUT  RETRIES_EXHAUSTED
        CANCEL         STOP     STOP      ASK      AS_BEFORE  SAME        NO         NO      SAME       NO          NO         NO
        TERMINATE      KILL     KILL      KILL     KILL       KILL        NO         NO      NO         NO          NO         NO
        PAUSE          PAUSE    PAUSE     PAUSE    NO         NO          NO         NO      NO         NO          NO         NO
        UNPAUSE        NO       NO        NO       UNPAUSE    NO          NO         NO      NO         NO          NO         NO
        RESUME         HURRY    HURRY     SAME     NO         NO          NO         REOPEN  REOPEN     REOPEN      REOPEN     REOPEN
        REWIND         NO       NO        NO       NO         NO          REOPEN     REOPEN  REOPEN     REOPEN      REOPEN     REOPEN
        FORK           COPY     COPY      COPY     COPY       COPY        COPY       COPY    COPY       COPY        COPY       COPY
        SEND_MESSAGE   TAKE     TAKE      TAKE     TAKE       TAKE        NO         NO      NO         NO          NO         NO
        SET_PRIORITY   RANK     RANK      NO       AS_BEFORE  NO          NO         NO      NO         NO          NO         NO
        MOVE_TO_QUEUE  MOVE     MOVE      NO       AS_BEFORE  NO          NO         NO      NO         NO          NO         NO
        """;

    private static final Map<CommandKind, Map<WorkflowStatus, Outcome>> OUTCOMES = read();

    private CommandTable() {}

    /** What the command comes to. A status that this engine does not know refuses everything. */
    static Outcome of(CommandKind command, WorkflowStatus status) {
        Map<WorkflowStatus, Outcome> row = OUTCOMES.get(command);
        if (row == null) {
            throw new IllegalArgumentException(command + " is not in the table");
        }
        return row.getOrDefault(status, Outcome.NO);
    }

    /** Why it is refused, and what to do instead. */
    static String refusal(CommandKind command, WorkflowStatus status) {
        String what = "the workflow is " + status + ": ";
        return switch (command) {
            case RESUME ->
                switch (status) {
                    case COMPLETED -> what + "there is nothing to resume; fork it, or rewind it";
                    case PAUSED -> what + "unpause it";
                    case CANCELLING -> what + "it can be resumed when it is CANCELLED";
                    default -> what + "it cannot be resumed";
                };
            case REWIND ->
                what + (Statuses.isOpen(status) ? "only a closed one can be rewound; fork it" : "it cannot be rewound");
            case PAUSE -> what + "only one that is DELAYED, ENQUEUED or RUNNING can be paused";
            case UNPAUSE -> what + "only one that is PAUSED can be unpaused";
            case SEND_MESSAGE -> what + "nobody would receive the message";
            case CANCEL, TERMINATE -> what + "it has ended already";
            case SET_PRIORITY -> what + "only what waits in its queue can be given another priority";
            case MOVE_TO_QUEUE -> what + "only what waits in its queue can be moved to another one";
            case START, FORK, SET_QUEUE -> what + "a " + command.words() + " is not possible";
        };
    }

    private static Map<CommandKind, Map<WorkflowStatus, Outcome>> read() {
        Map<CommandKind, Map<WorkflowStatus, Outcome>> outcomes = new EnumMap<>(CommandKind.class);
        String[] lines = TABLE.strip().split("\n");
        String[] statuses = lines[0].strip().split("\\s+");
        for (int line = 1; line < lines.length; line++) {
            String[] cells = lines[line].strip().split("\\s+");
            Map<WorkflowStatus, Outcome> row = new EnumMap<>(WorkflowStatus.class);
            for (int column = 0; column < statuses.length; column++) {
                row.put(WorkflowStatus.valueOf(statuses[column]), Outcome.valueOf(cells[column + 1]));
            }
            outcomes.put(CommandKind.valueOf(cells[0]), row);
        }
        return outcomes;
    }
}
