/** A workflow that undoes what it has done when it is cancelled. */
@NullMarked
package io.millrace.examples.cancelcleanup;

import org.jspecify.annotations.NullMarked;
