/**
 * The process that drives one system: the same works, called the same way, measured by the same code. {@link
 * io.millrace.benchmarks.compare.driver.Peer} is all that differs from system to system; begin there, then {@link
 * io.millrace.benchmarks.compare.driver.Works}.
 *
 * <p>Depends on the JDK alone: it runs on each peer's own class path, beside that peer's libraries and no others.
 */
@NullMarked
package io.millrace.benchmarks.compare.driver;

import org.jspecify.annotations.NullMarked;
