package io.millrace.engine.machine;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.QueueAnswered;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerEvent;
import org.jspecify.annotations.Nullable;

/** Something that happens to one workflow. It carries its time, by the engine's clock, in epoch milliseconds. */
public sealed interface Input {
    /** When the engine took it in. */
    long atMs();

    /** Which input it is, for exhaustive switches. */
    Kind kind();

    /** The inputs. */
    enum Kind {
        COMMAND_RECEIVED,
        EVENT_RECEIVED,
        TRANSFER_RECEIVED,
        WORKER_ASSIGNED,
        OWNER_LOST,
        WAKE_TIME_REACHED,
        DEADLINE_REACHED,
        RETENTION_OVER
    }

    /**
     * Somebody asks for something.
     *
     * @param answered what the same command, or a message of the same idempotency key, was answered before
     * @param journal what the workflow did, for commands that {@linkplain CommandKind#needsJournal need} it
     * @param queueAnswered what its queue says to it, where that was asked first
     * @param queueOrder the place in its queue that a workflow gets that is started or let go by this input
     */
    record CommandReceived(
            Command command,
            @Nullable CommandReply answered,
            @Nullable Journal journal,
            @Nullable QueueAnswered queueAnswered,
            long queueOrder,
            long atMs)
            implements Input {
        /** A command that was not answered before, needs no journal, and was asked about nowhere. */
        public CommandReceived(Command command, long queueOrder, long atMs) {
            this(command, null, null, null, queueOrder, atMs);
        }

        @Override
        public Kind kind() {
            return Kind.COMMAND_RECEIVED;
        }
    }

    /**
     * Another workflow has something to tell this one.
     *
     * @param answered what the command was answered that the transfer is about, if it is a fork's receipt
     */
    record TransferReceived(Transfer transfer, @Nullable CommandReply answered, long queueOrder, long atMs)
            implements Input {
        /** A transfer that is about no command. */
        public TransferReceived(Transfer transfer, long queueOrder, long atMs) {
            this(transfer, null, queueOrder, atMs);
        }

        @Override
        public Kind kind() {
            return Kind.TRANSFER_RECEIVED;
        }
    }

    /**
     * A worker reports.
     *
     * @param startsPastLimits it starts a workflow eagerly on a queue with limits, past which nothing may run
     */
    record EventReceived(WorkerEvent event, boolean startsPastLimits, long queueOrder, long atMs) implements Input {
        /** An event that starts nothing past a limit. */
        public EventReceived(WorkerEvent event, long queueOrder, long atMs) {
            this(event, false, queueOrder, atMs);
        }

        @Override
        public Kind kind() {
            return Kind.EVENT_RECEIVED;
        }
    }

    /**
     * A worker with credit was found.
     *
     * @param number counts its grants
     * @param creditPartition the partition whose credit and count that is, where it is not the workflow's own
     */
    record WorkerAssigned(
            String workerId, long number, @Nullable Integer creditPartition, long atMs) implements Input {
        /** By the dispatcher of the workflow's own partition. */
        public WorkerAssigned(String workerId, long number, long atMs) {
            this(workerId, number, null, atMs);
        }

        @Override
        public Kind kind() {
            return Kind.WORKER_ASSIGNED;
        }
    }

    /**
     * The owner is gone.
     *
     * @param orderly it said goodbye, so this is no failed attempt
     */
    record OwnerLost(String workerId, boolean orderly, long atMs) implements Input {
        @Override
        public Kind kind() {
            return Kind.OWNER_LOST;
        }
    }

    /** The time has come for which the workflow was delayed or parked. */
    record WakeTimeReached(long queueOrder, long atMs) implements Input {
        @Override
        public Kind kind() {
            return Kind.WAKE_TIME_REACHED;
        }
    }

    /** The workflow has used up its timeout. */
    record DeadlineReached(long atMs) implements Input {
        @Override
        public Kind kind() {
            return Kind.DEADLINE_REACHED;
        }
    }

    /** The workflow may have been closed for as long as it is kept. */
    record RetentionOver(long atMs) implements Input {
        @Override
        public Kind kind() {
            return Kind.RETENTION_OVER;
        }
    }
}
