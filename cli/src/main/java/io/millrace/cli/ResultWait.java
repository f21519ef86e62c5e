package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** Waits for a workflow's result, in requests short enough for any proxy, and prints it. */
final class ResultWait {
    private static final int STILL_OPEN = 202;

    static final Duration WITHOUT_LIMIT = Duration.ofDays(36_500);

    private static final Duration ONE_REQUEST = Duration.ofSeconds(30);

    /** Where somebody looks on: what the workflow waits for is to be seen soon, and then to be true. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

    private static final Duration LATER_LOOK = Duration.ofSeconds(5);

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
        Server.Answer answer;
        try (Progress progress = common.progress()) {
            if (!wait.isZero()) {
                progress.begin("waiting for workflow " + workflowId);
            }
            answer = ask(wait, progress);
        }
        return print(answer);
    }

    private Server.Answer ask(Duration wait, Progress progress) {
        boolean watched = common.terminal().showsNotes();
        long giveUpAt = System.nanoTime() + wait.toNanos();
        Duration longest = watched ? FIRST_LOOK : ONE_REQUEST;
        while (true) {
            long left = Math.max(0, giveUpAt - System.nanoTime());
            Duration now = Duration.ofNanos(Math.min(left, longest.toNanos()));
            Server.Answer answer = server.get(Server.workflowPath(workflowId) + "/result?wait=" + now, now);
            if (answer.status() != STILL_OPEN || left == 0) {
                return answer;
            }
            JsonNode open = answer.json();
            String waitingFor = open.path("waitingFor").asText("");
            progress.now("waiting for workflow " + workflowId + ": "
                    + open.path("status").asText() + (waitingFor.isEmpty() ? "" : ", which waits for " + waitingFor));
            longest = watched ? LATER_LOOK : ONE_REQUEST;
        }
    }

    private int print(Server.Answer answer) {
        JsonNode json = answer.json();
        boolean ended = answer.status() == 200;
        if (common.asJson()) {
            common.print(answer.body());
        } else if (ended) {
            common.print(Json.pretty(json.path("output")));
        } else {
            String waitingFor = json.path("waitingFor").asText("");
            common.note("workflow " + workflowId + " has not ended: it is "
                    + json.path("status").asText() + (waitingFor.isEmpty() ? "" : ", waiting for " + waitingFor)
                    + ". Add --wait to wait for it.");
        }
        return ended ? 0 : 1;
    }
}
