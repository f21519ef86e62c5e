package io.millrace.cli;

import picocli.CommandLine.Command;

/** {@code millrace workflow cancel}. */
@Command(
        name = "cancel",
        description = {
            "Asks workflows to stop.",
            "One that no worker has yet is CANCELLED at once. Another one is CANCELLING: its present step ends and is recorded, "
                    + "no other one begins, its code may clean up; then it is CANCELLED."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} order-17 --reason \"ordered twice\"",
            "  ${COMMAND-FULL-NAME} --filter-queue shop --filter-status RUNNING --dry-run"
        })
final class WorkflowCancel extends StopVerb {}
