/**
 * How far a load run is, shown while it goes on, and the depth of its queue over time, drawn afterwards. Start reading at
 * {@link io.millrace.benchmarks.load.progress.Monitor}. Knows counts alone, and nothing of what is counted.
 */
@NullMarked
package io.millrace.benchmarks.load.progress;

import org.jspecify.annotations.NullMarked;
