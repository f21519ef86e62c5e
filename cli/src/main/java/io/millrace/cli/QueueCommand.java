package io.millrace.cli;

import picocli.CommandLine.Command;

/** {@code millrace queue}. */
@Command(name = "queue", description = "Looks at queues and sets their limits.")
final class QueueCommand extends CommandGroup {}
