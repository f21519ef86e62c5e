package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** Waits for a workflow's result, in requests short enough for any proxy, and prints it. */
final class ResultWait {
    static final Duration WITHOUT_LIMIT = Duration.ofDays(36_500);

    private static final Duration ONE_REQUEST = Duration.ofSeconds(30);

    private final CommonOptions common;
    private final Server server;
    private final String workflowId;

    ResultWait(CommonOptions common, Server server, String workflowId) {
        this.common = common;
        this.server = server;
        this.workflowId = workflowId;
    }

    /** Returns the exit code: 0 with the result printed, 1 if it has not ended by then. */
    int until(Duration wait) {
        long giveUpAt = System.nanoTime() + wait.toNanos();
        Server.Answer answer;
        long left;
        do {
            left = Math.max(0, giveUpAt - System.nanoTime());
            Duration now = Duration.ofNanos(Math.min(left, ONE_REQUEST.toNanos()));
            answer = server.get(Server.workflowPath(workflowId) + "/result?wait=" + now, now);
        } while (answer.status() == 202 && left > 0);
        return print(answer);
    }

    private int print(Server.Answer answer) {
        JsonNode json = answer.json();
        boolean ended = answer.status() == 200;
        if (common.asJson()) {
            common.print(answer.body());
        } else if (ended) {
            common.print(json.path("output").toPrettyString());
        } else {
            String waitingFor = json.path("waitingFor").asText("");
            common.note("workflow " + workflowId + " has not ended: it is "
                    + json.path("status").asText() + (waitingFor.isEmpty() ? "" : ", waiting for " + waitingFor)
                    + ". Add --wait to wait for it.");
        }
        return ended ? 0 : 1;
    }
}
