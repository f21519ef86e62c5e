/** Workflows that begin later, that end at a deadline, and that are asked for twice. */
@NullMarked
package io.millrace.examples.schedule;

import org.jspecify.annotations.NullMarked;
