package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;

/** Sends a command to all workflows that a filter lets through, and prints what became of each. */
final class BulkSender {
    /** The server refuses what would take longer. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

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
        if (!many.dryRun() && !many.yes() && !common.person().isThere()) {
            throw common.usage("this would " + verb + " " + many.describe("workflows")
                    + ", and nobody can be asked here: add --yes, or --dry-run to see how many there are");
        }
        many.addTo(body);
        if (many.dryRun()) {
            return count(many, body);
        }
        return many.yes() || isAgreed(many, body) ? run(body) : 1;
    }

    private int count(ManyOptions many, JsonBody body) {
        Server.Answer answer = dryRun(body);
        common.print(common.asJson() ? answer.body() : "would " + verb + " " + many.describe(matched(answer)));
        return 0;
    }

    private boolean isAgreed(ManyOptions many, JsonBody body) {
        Server.Answer answer = dryRun(body);
        if (answer.json().path("matched").asLong() == 0) {
            return true;
        }
        String capital = verb.substring(0, 1).toUpperCase(Locale.ROOT) + verb.substring(1);
        boolean agreed = common.person().agrees(capital + " " + many.describe(matched(answer)) + "?");
        if (!agreed) {
            common.note("Nothing was done.");
        }
        return agreed;
    }

    private Server.Answer dryRun(JsonBody body) {
        return server.post("/workflows:" + resource, body.put("dryRun", true), LONGEST);
    }

    private static String matched(Server.Answer answer) {
        long matched = answer.json().path("matched").asLong();
        return matched + (matched == 1 ? " workflow" : " workflows");
    }

    private int run(JsonBody body) {
        Server.Answer answer = server.post("/workflows:" + resource, body.put("dryRun", false), LONGEST);
        JsonNode report = answer.json();
        if (common.asJson()) {
            common.print(answer.body());
        } else {
            print(report);
        }
        return report.path("rejected").asLong() == 0 ? 0 : 1;
    }

    private void print(JsonNode report) {
        if (report.path("items").isEmpty()) {
            common.note("No workflow matches.");
            return;
        }
        Table table = new Table(
                Table.Column.fixed("ID"),
                Table.Column.fixed("OUTCOME"),
                Table.Column.fixed("STATUS"),
                Table.Column.shrinking("NOTE"));
        for (JsonNode item : report.path("items")) {
            table.add(
                    item.path("workflowId").asText(),
                    item.path("accepted").asBoolean() ? "accepted" : "rejected",
                    item.path("status").asText(),
                    note(item));
        }
        common.print(table);
        common.note(report.path("accepted").asLong() + " accepted, "
                + report.path("rejected").asLong() + " rejected.");
    }

    private static String note(JsonNode item) {
        String note = item.path("note").asText();
        return note.isEmpty() && item.hasNonNull("forkWorkflowId")
                ? "its fork is " + item.path("forkWorkflowId").asText()
                : note;
    }
}
