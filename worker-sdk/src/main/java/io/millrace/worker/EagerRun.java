package io.millrace.worker;

import java.util.concurrent.CompletableFuture;

/**
 * A workflow that a worker of this process runs without a grant.
 *
 * @param onRecord ends when the broker has acknowledged the start; exceptionally, when that is not certain
 * @param result how the workflow ends; see {@link EagerStarter#tryStart}
 */
public record EagerRun(CompletableFuture<Void> onRecord, CompletableFuture<EagerResult> result) {}
