/** A workflow that waits for somebody's decision, and shows what it waits for. */
@NullMarked
package io.millrace.examples.approval;

import org.jspecify.annotations.NullMarked;
