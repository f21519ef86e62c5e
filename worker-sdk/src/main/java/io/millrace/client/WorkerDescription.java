package io.millrace.client;

import io.millrace.schemas.WorkerHeartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A worker process as its heartbeats show it. Immutable. */
public final class WorkerDescription {
    private final SeenWorker seen;
    private final long running;

    WorkerDescription(SeenWorker seen, long running) {
        this.seen = seen;
        this.running = running;
    }

    /** How a worker stands. */
    public enum Status {
        /** It takes work. */
        ALIVE,
        /** It does the work that it has, and takes no more. */
        STOPPING,
        /** Nothing was heard of it for its lease: its workflows go to others. */
        LOST
    }

    /** Its id. */
    public String workerId() {
        return seen.workerId();
    }

    /** How it stands. */
    public Status status() {
        if (seen.lost()) {
            return Status.LOST;
        }
        return heartbeat().getStopping() ? Status.STOPPING : Status.ALIVE;
    }

    /** The machine that it runs on, as it calls itself. */
    public String host() {
        return heartbeat().getHost();
    }

    /** The application version that it runs, where it says so. */
    public Optional<String> applicationVersion() {
        return Optional.ofNullable(heartbeat().getApplicationVersion());
    }

    /** The queues that it takes work from, by name. */
    public List<String> queues() {
        return heartbeat().getQueues().stream().sorted().toList();
    }

    /** The workflow types that it has code for, by name. */
    public List<String> workflowTypes() {
        return heartbeat().getWorkflowTypes().stream().sorted().toList();
    }

    /** How many workflows it can run at once. */
    public int slots() {
        return heartbeat().getSlots();
    }

    /** How many workflows it has right now. */
    public long running() {
        return running;
    }

    /** When it started, by its clock. */
    public Instant startedAt() {
        return Instant.ofEpochMilli(heartbeat().getStartedAtMs());
    }

    /** When it was last heard of, by its clock. */
    public Instant lastHeartbeatAt() {
        return Instant.ofEpochMilli(seen.heardAtMs());
    }

    /** After how long a silence it is lost. */
    public Duration lease() {
        return Duration.ofMillis(heartbeat().getLeaseMs());
    }

    private WorkerHeartbeat heartbeat() {
        return seen.heartbeat();
    }

    @Override
    public String toString() {
        return "worker " + workerId() + " (" + status() + ")";
    }
}
