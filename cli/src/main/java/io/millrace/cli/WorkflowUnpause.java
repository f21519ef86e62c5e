package io.millrace.cli;

import picocli.CommandLine.Command;

/** {@code millrace workflow unpause}. */
@Command(name = "unpause", description = "Lets paused workflows go on where they were.")
final class WorkflowUnpause extends PauseVerb {}
