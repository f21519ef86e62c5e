package io.millrace.cli;

import java.util.Locale;

/** Sends a command to all workflows that a filter lets through, and prints what became of each. */
final class BulkSender {
    private final CommonOptions common;
    private final Server server;
    private final String resource;
    private final String verb;

    /**
     * For one kind of command.
     *
     * @param resource what takes it, behind {@code /workflows:}
     * @param verb what it does with workflows, in words
     */
    BulkSender(CommonOptions common, String resource, String verb) {
        this.common = common;
        this.resource = resource;
        this.server = common.server();
        this.verb = verb;
    }

    /**
     * Asks the person first, unless told not to.
     *
     * @return the exit code: 1 if one workflow refused it, or the person did not agree
     */
    int send(ManyOptions many, JsonBody body) {
        if (!many.dryRun() && !many.yes() && !common.terminal().canAsk()) {
            throw common.usage("this would " + verb + " " + many.describe("workflows")
                    + ", and nobody can be asked here: add --yes, or --dry-run to see how many there are");
        }
        many.check(common);
        BulkSelection selection = BulkSelection.find(server, many);
        if (many.dryRun()) {
            return tell(many, selection);
        }
        if (selection.size() > 0 && !many.yes() && !isAgreed(many, selection)) {
            common.note("Nothing was done.");
            return 1;
        }
        return new BulkRun(common, server, resource, many.perSecond()).run(selection.ids(), body);
    }

    private int tell(ManyOptions many, BulkSelection selection) {
        if (common.asJson()) {
            common.print(Json.text(Json.newObject().put("matched", selection.size())));
            return 0;
        }
        common.print("would " + verb + " " + many.describe(selection.count()));
        if (selection.size() > 0) {
            common.print(selection.preview());
        }
        return 0;
    }

    private boolean isAgreed(ManyOptions many, BulkSelection selection) {
        common.note(selection.preview());
        String capital = verb.substring(0, 1).toUpperCase(Locale.ROOT) + verb.substring(1);
        return common.terminal().agrees(capital + " " + many.describe(selection.count()) + "?");
    }
}
