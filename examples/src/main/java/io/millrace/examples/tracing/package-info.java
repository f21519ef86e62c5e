/** The trace of a workflow and its child, in OpenTelemetry, printed as a tree. */
@NullMarked
package io.millrace.examples.tracing;

import org.jspecify.annotations.NullMarked;
