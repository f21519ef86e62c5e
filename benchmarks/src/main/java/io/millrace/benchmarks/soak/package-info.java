/**
 * {@code ./millrace soak}: hours at part load, with workers that come and go, and whether anything grows that should not. Start reading at
 * {@link io.millrace.benchmarks.soak.SoakRun}, which has the phases in their order; what "grows" means is in
 * {@link io.millrace.benchmarks.soak.Trend}.
 */
@NullMarked
package io.millrace.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
