/** A workflow that begins in the process that starts it. */
@NullMarked
package io.millrace.examples.eager;

import org.jspecify.annotations.NullMarked;
