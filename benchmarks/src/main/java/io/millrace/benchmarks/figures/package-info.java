/** Figures: how they are written, read, and made out of many. Depends on nothing else here. */
@NullMarked
package io.millrace.benchmarks.figures;

import org.jspecify.annotations.NullMarked;
