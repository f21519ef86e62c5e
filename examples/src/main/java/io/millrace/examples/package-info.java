/**
 * One small runnable program per feature, a package each. They may use what users may: the client, the worker, and in {@code commands} and
 * {@code statusfollower} the records and serdes alone. Start reading at {@link io.millrace.examples.firstworkflow.FirstWorkflow}.
 */
@NullMarked
package io.millrace.examples;

import org.jspecify.annotations.NullMarked;
