/** Runs every example against a broker and an engine in this process, and looks at what it prints. */
@NullMarked
package io.millrace.examples;

import org.jspecify.annotations.NullMarked;
