/**
 * What the record says about the code that is running: which step is next and what is known about it, which value was drawn, when
 * nothing is left to do but wait. Start reading at {@link io.millrace.worker.internal.replay.Journal}.
 *
 * <p>Pure: depends on {@code java..} and the schema records alone, has no threads, no clock and no I/O. Nothing here is thread-safe.
 */
@NullMarked
package io.millrace.worker.internal.replay;

import org.jspecify.annotations.NullMarked;
