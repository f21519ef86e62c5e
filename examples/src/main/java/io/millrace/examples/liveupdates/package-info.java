/** Following the statuses of workflows, from a stored position on. */
@NullMarked
package io.millrace.examples.liveupdates;

import org.jspecify.annotations.NullMarked;
