package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Sends a command to workflows that are named, one after the other, and prints the answers. */
final class CommandSender {
    private final CommonOptions common;
    private final Server server;
    private final String resource;

    private final List<String> answers = new ArrayList<>();
    private final Table table =
            new Table(Table.Column.fixed("ID"), Table.Column.status("STATUS"), Table.Column.shrinking("NOTE"));
    private boolean refused;
    private boolean accepted;

    /** For one kind of command, named as the resource under a workflow that takes it. */
    CommandSender(CommonOptions common, String resource) {
        this.common = common;
        this.server = common.server();
        this.resource = resource;
    }

    /**
     * Sends it to all. One workflow that refuses it does not stop the others.
     *
     * @return the exit code: 1 if one refused it
     */
    int send(List<String> workflowIds, JsonBody body) {
        if (workflowIds.size() == 1) {
            sendTo(workflowIds.get(0), body);
            print(answers.get(0));
            return 0;
        }
        try {
            workflowIds.forEach(workflowId -> sendOneOfMany(workflowId, body));
        } finally {
            // Also where the server goes away in the middle: whoever asked must know how far it came.
            print(answers.stream().collect(Collectors.joining(",", "[", "]")));
        }
        return refused ? 1 : 0;
    }

    private void sendOneOfMany(String workflowId, JsonBody body) {
        try {
            sendTo(workflowId, body);
        } catch (RefusedException e) {
            if (!e.isAboutTheRequest()) {
                throw e;
            }
            refused = true;
            answers.add(Json.text(e.problem()));
            common.note("millrace: " + e.getMessage());
        }
    }

    private void sendTo(String workflowId, JsonBody body) {
        Server.Answer answer = server.post(Server.workflowPath(workflowId) + "/" + resource, body);
        answers.add(answer.body());
        accepted = true;
        JsonNode json = answer.json();
        table.add(
                json.path("workflowId").asText(),
                json.path("status").asText(),
                json.hasNonNull("forkedFrom")
                        ? "a fork of " + json.path("forkedFrom").asText()
                        : json.path("note").asText());
    }

    private void print(String json) {
        if (common.asJson()) {
            common.print(json);
        } else if (accepted) {
            common.print(table);
        }
    }
}
