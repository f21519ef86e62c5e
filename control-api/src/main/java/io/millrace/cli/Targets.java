package io.millrace.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Parameters;

/** The workflows of a command that may go to many: named by id, or chosen by what they are. */
final class Targets {
    @Parameters(arity = "0..*", paramLabel = "ID", description = "Workflow ids.")
    private List<String> ids = new ArrayList<>();

    @ArgGroup(validate = false, order = 2, heading = "%nWorkflows chosen by what they are, instead of ids:%n")
    private ManyOptions many = new ManyOptions();

    /** Whether they are named, which is checked here once for all. */
    boolean areNamed(CommonOptions common) {
        if (ids.isEmpty() && !many.choose()) {
            throw common.usage("say which workflows: their ids, --filter-... options, or --all");
        }
        if (many.chooseAllAndSome()) {
            throw common.usage("--all and --filter-... do not go together");
        }
        if (!ids.isEmpty() && many.choose()) {
            throw common.usage("ids do not go together with --filter-... or --all: they would choose others, too");
        }
        if (!ids.isEmpty() && many.sayHow()) {
            throw common.usage("ids do not go together with --dry-run, --limit, --per-second and --yes, which are for"
                    + " --filter-... and --all");
        }
        return !ids.isEmpty();
    }

    /** Sends the command and returns the exit code. */
    int send(CommonOptions common, String verb, WhyOptions why, JsonBody body) {
        if (areNamed(common)) {
            why.checkFor(ids, common);
            return new CommandSender(common, verb).send(ids, body);
        }
        return new BulkSender(common, verb).send(many, body);
    }

    boolean areSeveral() {
        return ids.size() != 1;
    }
}
