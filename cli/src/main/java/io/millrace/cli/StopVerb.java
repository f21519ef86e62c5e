package io.millrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the two ways to stop workflows have in common. */
@Command(
        customSynopsis = {
            "${COMMAND-FULL-NAME} [OPTIONS] ID...",
            "       ${COMMAND-FULL-NAME} [OPTIONS] (--filter-... | --all)"
        })
abstract class StopVerb implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private WhyOptions why;

    @Mixin
    private Targets targets;

    @Option(names = "--no-cascade", description = "Leaves the workflows that they have started alone.")
    private boolean withoutChildren;

    @Override
    public Integer call() {
        JsonBody body = why.body();
        if (withoutChildren) {
            body.put("cascade", false);
        }
        return targets.send(common, spec.name(), why, body);
    }
}
