package io.millrace.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What pause and unpause have in common. */
@Command
abstract class PauseVerb implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private WhyOptions why;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Workflow ids.")
    private List<String> ids;

    @Override
    public Integer call() {
        why.checkFor(ids, common);
        return new CommandSender(common, spec.name()).send(ids, why.body());
    }
}
