/**
 * What an engine instance tells of its work while it does it, for metrics. {@link io.millrace.engine.observe.EngineObserver} is called from the shell
 * ({@code topology}, {@code runtime}), never from the pure parts, and knows no library of metrics.
 */
@NullMarked
package io.millrace.engine.observe;

import org.jspecify.annotations.NullMarked;
