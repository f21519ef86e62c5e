/** A queue with limits and priorities. */
@NullMarked
package io.millrace.examples.queues;

import org.jspecify.annotations.NullMarked;
