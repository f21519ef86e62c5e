/** Commands from a shell, without a schema registry: see {@code examples/commands/README.md}. */
@NullMarked
package io.millrace.examples.consoleproducer;

import org.jspecify.annotations.NullMarked;
