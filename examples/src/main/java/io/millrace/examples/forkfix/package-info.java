/** A workflow that failed by a bug, and goes on from there in the repaired version of its code. */
@NullMarked
package io.millrace.examples.forkfix;

import org.jspecify.annotations.NullMarked;
