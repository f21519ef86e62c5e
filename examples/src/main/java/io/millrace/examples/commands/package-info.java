/** A service that commands workflows with a plain Kafka producer, and reads the answers with a plain consumer. */
@NullMarked
package io.millrace.examples.commands;

import org.jspecify.annotations.NullMarked;
