/**
 * Processes: how a Java program of ours is started, spoken to and ended, and what it holds. Start reading at
 * {@link io.millrace.benchmarks.process.JavaProcess}. Knows nothing of Kafka and of Millrace.
 *
 * <p>A {@code JavaProcess} ends with the program that started it because a thread in it waits for the end of its input. The comparison with peers also
 * runs programs that are not ours, and therefore ties its processes by a shell beside each: see its {@code TiedProcess}. A load run needs the process
 * itself, and not the shell around it, because it measures it by its id and speaks to it.
 */
@NullMarked
package io.millrace.benchmarks.process;

import org.jspecify.annotations.NullMarked;
