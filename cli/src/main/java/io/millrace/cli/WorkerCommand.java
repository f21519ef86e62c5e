package io.millrace.cli;

import picocli.CommandLine.Command;

/** {@code millrace worker}. */
@Command(name = "worker", description = "Looks at the workers.")
final class WorkerCommand extends CommandGroup {}
