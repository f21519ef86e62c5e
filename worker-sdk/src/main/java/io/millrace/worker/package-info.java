/**
 * What runs workflows: {@link io.millrace.worker.Worker} registers them and asks the engine for work,
 * {@link io.millrace.worker.WorkflowContext} is what their code sees. Start reading at {@code Worker}.
 *
 * <p>Must not depend on the client, and Kafka must not show in anything public here.
 */
@NullMarked
package io.millrace.worker;

import org.jspecify.annotations.NullMarked;
