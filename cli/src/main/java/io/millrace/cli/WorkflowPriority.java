package io.millrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace workflow priority}. */
@Command(
        name = "priority",
        customSynopsis = {
            "${COMMAND-FULL-NAME} [OPTIONS] ID... N",
            "       ${COMMAND-FULL-NAME} [OPTIONS] (--filter-... | --all) N"
        },
        description = {
            "Gives workflows that wait on their queue another priority: 1 goes first, 1000000 last.",
            "The queue must have priorities: see queue set. N is the last word."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} order-17 1",
            "  ${COMMAND-FULL-NAME} --filter-queue shop --filter-attribute customer=17 --yes 1"
        })
final class WorkflowPriority implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private WhyOptions why;

    @Mixin
    private Targets targets;

    @Override
    public Integer call() {
        String text = targets.takeLast(common, "which priority");
        int priority;
        try {
            priority = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw common.usage("the last word must be the priority, a whole number, and not \"" + text + "\"");
        }
        return targets.send(
                common, "priority", "set the priority of", why, why.body().put("priority", priority));
    }
}
