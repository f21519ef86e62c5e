package io.millrace.client;

import io.millrace.schemas.WorkerHeartbeat;

/**
 * A worker as its heartbeats show it.
 *
 * @param workerId its id
 * @param heartbeat the last one; never changed afterwards
 * @param heardAtMs when it was sent, by the worker's clock, epoch milliseconds
 * @param lost whether there was none for the worker's lease
 */
public record SeenWorker(String workerId, WorkerHeartbeat heartbeat, long heardAtMs, boolean lost) {}
