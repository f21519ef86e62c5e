/**
 * The sample worker: workflows to try Millrace with, written as its users write theirs. Start reading at
 * {@link io.millrace.standalone.sample.CheckoutWorkflow} for what a workflow looks like, and at
 * {@link io.millrace.standalone.sample.StepsWorkflow} for the one to try cancel, resume and fork on.
 *
 * <p>Workflows here use the worker's public API only. Must not depend on the engine, the API or the broker.
 */
@NullMarked
package io.millrace.standalone.sample;

import org.jspecify.annotations.NullMarked;
