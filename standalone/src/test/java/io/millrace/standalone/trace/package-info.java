/** Tests of the trace. */
@NullMarked
package io.millrace.standalone.trace;

import org.jspecify.annotations.NullMarked;
