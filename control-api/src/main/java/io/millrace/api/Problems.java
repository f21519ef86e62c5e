package io.millrace.api;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.millrace.client.CommandRejectedException;
import io.millrace.client.EngineUnavailableException;
import io.millrace.client.LimitExceededException;
import io.millrace.client.QueueRejectedException;
import io.millrace.client.StartRejectedException;
import io.millrace.client.UnknownPositionException;
import io.millrace.client.WorkflowFailedException;
import io.millrace.client.WorkflowNotFoundException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which problem document each exception becomes. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    static Problem of(Throwable error) {
        if (error instanceof CompletionException && error.getCause() != null) {
            return of(error.getCause());
        }
        if (error instanceof ProblemException known) {
            return known.problem();
        }
        if (error instanceof WorkflowNotFoundException unknown) {
            return Problem.of(404, unknown.getMessage()).with("workflowId", unknown.workflowId());
        }
        if (error instanceof WorkflowFailedException ended) {
            return ended(ended);
        }
        if (error instanceof StartRejectedException rejected) {
            return rejected(rejected);
        }
        if (error instanceof QueueRejectedException rejected) {
            return Problem.of(400, rejected.getMessage()).with("queue", rejected.queue());
        }
        if (error instanceof CommandRejectedException rejected) {
            return Problem.of(rejected.invalid() ? 400 : 409, rejected.getMessage())
                    .with("workflowId", rejected.workflowId())
                    .with("workflowStatus", rejected.status().name())
                    .with("commandId", rejected.commandId());
        }
        if (error instanceof LimitExceededException over) {
            return Problem.tooLarge(over.what(), over.size(), over.limit(), over.getMessage());
        }
        if (error instanceof EngineUnavailableException silent) {
            Problem problem = Problem.unavailable(silent.getMessage());
            return silent.commandId()
                    .map(commandId -> problem.with("commandId", commandId))
                    .orElse(problem);
        }
        if (error instanceof UnknownPositionException unknown) {
            return Problem.of(400, unknown.getMessage()).with("field", EventRoutes.LAST_EVENT_ID);
        }
        LOG.error("a request failed", error);
        return Problem.of(500, "the server failed in a way it does not know; its log says more");
    }

    /** What the HTTP server itself refuses: unknown routes, wrong methods. */
    static Problem of(HttpResponseException error, Context ctx) {
        String route = ctx.method() + " " + ctx.path();
        return switch (error.getStatus()) {
            case 404 -> Problem.of(404, "there is nothing at " + route);
            case 405 -> Problem.of(405, "the resource does not support " + route);
            default -> Problem.of(error.getStatus(), String.valueOf(error.getMessage()));
        };
    }

    /** Where no other workflow is in its way, the start is wrong in itself: one whose id is taken is not rejected. */
    private static Problem rejected(StartRejectedException rejected) {
        return rejected.holder()
                .map(holder -> Problem.of(409, rejected.getMessage())
                        .with("workflowId", rejected.workflowId())
                        .with("deduplicationHolder", holder))
                .orElseGet(() -> Problem.of(400, rejected.getMessage()).with("workflowId", rejected.workflowId()));
    }

    static Problem unknownQueue(String queue) {
        return Problem.of(404, "there is no queue \"" + queue + "\"").with("queue", queue);
    }

    private static Problem ended(WorkflowFailedException ended) {
        Problem problem = Problem.of(409, ended.getMessage())
                .with("workflowId", ended.workflowId())
                .with("workflowStatus", ended.status().name());
        return ended.failure()
                .map(failure -> problem.with("error", WorkflowJson.error(failure)))
                .orElse(problem);
    }
}
