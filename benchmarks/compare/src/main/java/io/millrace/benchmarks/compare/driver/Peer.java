package io.millrace.benchmarks.compare.driver;

import java.util.Map;

/**
 * One of the systems, used as its documentation says. Made by its constructor without arguments, opened once, and called by many threads at once.
 *
 * <p>A workflow is given a number of steps and a payload; each step returns the payload, and so does the workflow. Steps are recorded one after
 * the other, and are not repeated when they fail. A call that fails throws; the run ends then, since figures with failures in them say nothing.
 * Nothing is ever closed: the process of a peer is killed, as crash-proof systems can bear.
 */
public interface Peer {
    /** The queue that callers' workflows go through when they run in another process. */
    String QUEUE = "compare";

    /** The queue whose workflows wait until {@link #serveBacklog}. */
    String BACKLOG = "backlog";

    /** The most callers there are at once: a worker must be able to have as many workflows open. */
    int MOST_CALLERS = 2_048;

    /** What a process does. */
    enum Role {
        /** Calls, and runs what it calls for. */
        BOTH,
        /** Calls; workflows run in another process. */
        CALLER,
        /** Runs what others call for. */
        WORKER
    }

    /** Connects, and returns when calls can be made, or are served. The settings are those that the system's servers were started with. */
    void open(Role role, Map<String, String> settings) throws Exception;

    /** Starts a workflow and waits for its result, which is durable by then as far as this system promises it. */
    String run(int steps, String payload) throws Exception;

    /** Starts a workflow of one step on {@link #BACKLOG} and returns when the system has accepted it. */
    void enqueue(String payload) throws Exception;

    /** As a worker: runs what is in the backlog from now on. */
    void serveBacklog() throws Exception;

    /** Returns when everything on {@link #BACKLOG} has ended. */
    void awaitDrained() throws Exception;

    /**
     * Returns when nothing is left to do for what was called: some systems answer before their server has taken note, and what they are given credit
     * for is what the server keeps up with.
     *
     * @return whether this system answers before
     */
    default boolean awaitSettled() throws Exception {
        return false;
    }

    /** What this process used, for the report: the version of the system's library. */
    String version();
}
