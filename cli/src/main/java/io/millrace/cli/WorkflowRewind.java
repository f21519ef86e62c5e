package io.millrace.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace workflow rewind}. */
@Command(
        name = "rewind",
        description = {
            "Lets closed workflows run again from a step, under their own ids.",
            "That step and all after it are dropped; they stay in the history."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ${COMMAND-FULL-NAME} order-17 --from-step-name charge"})
final class WorkflowRewind implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private WhyOptions why;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Workflow ids.")
    private List<String> ids;

    @ArgGroup(multiplicity = "1", heading = "%nThe step to run from:%n")
    private FromOptions from;

    @Override
    public Integer call() {
        why.checkFor(ids, common);
        JsonBody body = why.body();
        from.addTo(body);
        return new CommandSender(common, "rewind").send(ids, body);
    }
}
