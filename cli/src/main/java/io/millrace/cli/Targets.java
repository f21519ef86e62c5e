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

    /** Takes the last word off the ids, for commands that end with something else; {@code what} names it in errors. */
    String takeLast(CommonOptions common, String what) {
        if (ids.isEmpty()) {
            throw common.usage("say " + what + ": it comes last");
        }
        return ids.remove(ids.size() - 1);
    }

    /** Sends the command and returns the exit code. */
    int send(CommonOptions common, String verb, WhyOptions why, JsonBody body) {
        return send(common, verb, verb, why, body);
    }

    /** As {@link #send(CommonOptions, String, WhyOptions, JsonBody)}, where the command is called otherwise than its resource. */
    int send(CommonOptions common, String resource, String verb, WhyOptions why, JsonBody body) {
        if (areNamed(common)) {
            why.checkFor(ids, common);
            return new CommandSender(common, resource).send(ids, body);
        }
        return new BulkSender(common, resource, verb).send(many, body);
    }

    boolean areSeveral() {
        return ids.size() != 1;
    }
}
