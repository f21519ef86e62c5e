package io.millrace.cli;

import picocli.CommandLine.Command;

/** {@code millrace workflow terminate}. */
@Command(
        name = "terminate",
        description = {
            "Stops workflows at once, without a clean-up.",
            "For those that do not end by themselves after a cancel. What their present step still does is not recorded."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} order-17 --reason \"hangs in a call\"",
            "  ${COMMAND-FULL-NAME} --filter-status CANCELLING --filter-queue shop"
        })
final class WorkflowTerminate extends StopVerb {}
