/** A workflow to begin with: steps, a retry, steps beside each other, a sleep. */
@NullMarked
package io.millrace.examples.firstworkflow;

import org.jspecify.annotations.NullMarked;
