package io.millrace.cli;

import picocli.CommandLine.Command;

/** {@code millrace workflow pause}. */
@Command(
        name = "pause",
        description = {
            "Stops workflows at their next step; they keep everything.",
            "A step that runs ends and is recorded. workflow unpause lets them go on."
        })
final class WorkflowPause extends PauseVerb {}
