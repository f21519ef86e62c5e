package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The server answered with a problem document. */
final class RefusedException extends CliException {
    private static final long serialVersionUID = 1L;

    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;

    private final transient JsonNode problem;
    private final @Nullable String retryAfter;
    private final boolean withToken;

    /**
     * As the server said it.
     *
     * @param retryAfter in how many seconds it may be asked again, where it says so
     * @param withToken whether it was told who asks
     */
    RefusedException(JsonNode problem, @Nullable String retryAfter, boolean withToken) {
        super(problem.path("detail").asText());
        this.problem = problem;
        this.retryAfter = retryAfter;
        this.withToken = withToken;
    }

    JsonNode problem() {
        return problem;
    }

    /** Whether it is about this one request: the server and the engine behind it are there, and may take another one. */
    boolean isAboutTheRequest() {
        return status() < 500 && status() != TOO_MANY && status() != UNAUTHORIZED;
    }

    /** Whether the same request will be refused later, too. */
    boolean isFinal() {
        return status() < 500 && status() != TOO_MANY;
    }

    int status() {
        return problem.path("status").asInt();
    }

    /** What to do next, where that is the same for all commands. */
    Optional<String> nextStep(CommandLine running) {
        return switch (status()) {
            case UNAUTHORIZED ->
                Optional.of(
                        withToken
                                ? "The token was not taken: it may have run out, or be one of another server. Get a new one."
                                : "Say who you are: put a token into a file and add --token-file FILE, or set MILLRACE_TOKEN.");
            case 403 ->
                Optional.of(
                        "Ask whoever runs the server for a role that may do this, or use the token of one who has it.");
            case TOO_MANY -> Optional.of("Too many requests in a short time: try again" + later() + ".");
            case 503 -> Optional.of("Try again" + later() + "; GET /health/ready says how the server is.");
            default -> aboutWhatItNames(running);
        };
    }

    private String later() {
        return retryAfter == null ? " later" : " in " + retryAfter + " s";
    }

    private Optional<String> aboutWhatItNames(CommandLine running) {
        if (problem.hasNonNull("deduplicationHolder")) {
            String holder = problem.path("deduplicationHolder").asText();
            return Optional.of(
                    "Look at the one that holds it: " + Pasteable.command(running, "workflow", "get", holder));
        }
        if (!problem.hasNonNull("workflowId")) {
            boolean unknownQueue = problem.hasNonNull("queue") && status() == 404;
            return unknownQueue
                    ? Optional.of("See which there are: " + Pasteable.command(running, "queue", "list"))
                    : Optional.empty();
        }
        return switch (status()) {
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
                : "See which there are: " + Pasteable.command(running, likeIt());
    }

    /** Most ids begin with what they have in common with others: the words before the last number. */
    private String[] likeIt() {
        String id = workflowId();
        int end = Math.max(id.lastIndexOf('-'), Math.max(id.lastIndexOf('_'), id.lastIndexOf('/'))) + 1;
        return end > 1
                ? new String[] {"workflow", "list", "--id-prefix", id.substring(0, end)}
                : new String[] {"workflow", "list"};
    }

    private String workflowId() {
        return problem.path("workflowId").asText();
    }
}
