/** Tests of what processes measure. */
@NullMarked
package io.millrace.standalone.metrics;

import org.jspecify.annotations.NullMarked;
