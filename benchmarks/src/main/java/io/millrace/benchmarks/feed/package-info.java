/**
 * Many workflows at once: their starts go straight onto the topic, as a service in any language would send them, and their ends are read off the
 * status topic. Start reading at {@link io.millrace.benchmarks.feed.Enqueuer}.
 */
@NullMarked
package io.millrace.benchmarks.feed;

import org.jspecify.annotations.NullMarked;
