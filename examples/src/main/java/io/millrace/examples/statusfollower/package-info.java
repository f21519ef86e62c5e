/** A consumer that follows what becomes of all workflows. */
@NullMarked
package io.millrace.examples.statusfollower;

import org.jspecify.annotations.NullMarked;
