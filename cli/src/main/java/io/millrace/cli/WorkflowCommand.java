package io.millrace.cli;

import picocli.CommandLine.Command;

/** {@code millrace workflow}. */
@Command(name = "workflow", description = "Starts workflows, looks at them and controls them.")
final class WorkflowCommand extends CommandGroup {}
