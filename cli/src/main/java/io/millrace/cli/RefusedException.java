package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import picocli.CommandLine;

/** The server answered with a problem document. */
final class RefusedException extends CliException {
    private static final long serialVersionUID = 1L;

    private final transient JsonNode problem;

    RefusedException(JsonNode problem) {
        super(problem.path("detail").asText());
        this.problem = problem;
    }

    JsonNode problem() {
        return problem;
    }

    /** Whether it is about this one request: the server and the engine behind it are there, and may take another one. */
    boolean isAboutTheRequest() {
        return problem.path("status").asInt() < 500;
    }

    /** What to do next, where that is the same for all commands. */
    Optional<String> nextStep(CommandLine running) {
        if (problem.hasNonNull("deduplicationHolder")) {
            String holder = problem.path("deduplicationHolder").asText();
            return Optional.of(
                    "Look at the one that holds it: " + Pasteable.command(running, "workflow", "get", holder));
        }
        if (!problem.hasNonNull("workflowId")) {
            boolean unknownQueue =
                    problem.hasNonNull("queue") && problem.path("status").asInt() == 404;
            return unknownQueue
                    ? Optional.of("See which there are: " + Pasteable.command(running, "queue", "list"))
                    : Optional.empty();
        }
        return switch (problem.path("status").asInt()) {
            case 404 -> Optional.of(unknown(running));
            case 409 -> Optional.of("Look at it: " + Pasteable.command(running, "workflow", "get", workflowId()));
            default -> Optional.empty();
        };
    }

    private String unknown(CommandLine running) {
        return problem.hasNonNull("key")
                ? (running.getParseResult().hasMatchedOption("--wait") ? "See" : "Wait for it with --wait, or see")
                        + " what it has set: "
                        + Pasteable.command(running, "workflow", "steps", workflowId())
                : "See which there are: " + Pasteable.command(running, "workflow", "list");
    }

    private String workflowId() {
        return problem.path("workflowId").asText();
    }
}
