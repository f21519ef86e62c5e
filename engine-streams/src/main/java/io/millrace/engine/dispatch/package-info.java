/**
 * Who runs what: workers' leases ({@link io.millrace.engine.dispatch.LeaseTable}), and the match of waiting workflows with
 * workers' credit ({@link io.millrace.engine.dispatch.Dispatcher}), one dispatcher for each partition. The credit itself
 * ({@link io.millrace.engine.dispatch.Credits}) and the backlog are shared with the homes of queues with limits: see the package {@code queue}.
 *
 * <p>No Kafka here, and no clock but the one handed in. Start reading at {@code Dispatcher}.
 */
@NullMarked
package io.millrace.engine.dispatch;

import org.jspecify.annotations.NullMarked;
