package io.millrace.api;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import io.javalin.util.JavalinBindException;
import io.millrace.api.access.AccessGate;
import io.millrace.api.access.AccessRefusedException;
import io.millrace.api.access.SecurityHeaders;
import io.millrace.client.MillraceClient;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;

/**
 * Serves the control API until it is closed. Requests that wait hold no thread.
 *
 * <pre>{@code
 * try (ApiServer api = ApiServer.start(ApiConfig.defaults(), client, Readiness::yes)) { ... }
 * }</pre>
 */
public final class ApiServer implements AutoCloseable {
    static final String PREFIX = "/api/v1";

    /** Of a request's line and headers together. Tokens of OpenID providers that list many groups have several KB. */
    private static final int MAX_HEADER_BYTES = 32 * 1024;

    private final Javalin javalin;
    private final List<Routes> routes;

    private ApiServer(Javalin javalin, List<Routes> routes) {
        this.javalin = javalin;
        this.routes = routes;
    }

    /**
     * Starts to serve.
     *
     * @param client whose workflows; it is not closed with the server
     * @param readiness asked at each {@code GET /health/ready}; must not block
     * @throws IllegalArgumentException if the configuration lets in anybody from elsewhere, or its tokens cannot be read; the message says
     *     what to do
     * @throws IllegalStateException if the port cannot be listened on; the message says what to do
     */
    public static ApiServer start(ApiConfig config, MillraceClient client, Supplier<Readiness> readiness) {
        return start(config, client, Operations.of(readiness));
    }

    /** As {@link #start(ApiConfig, MillraceClient, Supplier)}, with all that the process tells whoever operates it. */
    public static ApiServer start(ApiConfig config, MillraceClient client, Operations operations) {
        ConsoleFiles console = new ConsoleFiles();
        SecurityHeaders headers = SecurityHeaders.allowing(List.of(console.importMapHash()));
        List<Routes> routes = routes(config, client, operations, console);
        AccessGate gate = AccessGate.of(config.access(), config.host(), headers);
        Javalin javalin = Javalin.create(settings -> {
            configure(settings, headers);
            gate.addTo(settings.routes);
            routes.forEach(some -> some.addTo(settings.routes));
            settings.routes.after(RequestBody::drain);
            addErrors(settings);
        });
        return new ApiServer(listen(javalin, config.host(), config.port()), routes);
    }

    static Javalin listen(Javalin javalin, String host, int port) {
        try {
            return javalin.start(host, port);
        } catch (JavalinBindException e) {
            throw new IllegalStateException(
                    "cannot listen on " + host + ":" + port
                            + ": another program has the port, or it is not allowed. Choose another one.",
                    e);
        }
    }

    private static List<Routes> routes(
            ApiConfig config, MillraceClient client, Operations operations, ConsoleFiles console) {
        return List.of(
                new WorkflowRoutes(client, config.maxBodyBytes()),
                new RecordRoutes(client),
                new CommandRoutes(client, config.maxBodyBytes()),
                new BulkRoutes(client, config.maxBodyBytes()),
                new QueueRoutes(client, config.maxBodyBytes()),
                new EventRoutes(client),
                new WorkerRoutes(client),
                new OpenApiRoutes(),
                new MeRoute(),
                new MetricsRoute(operations.metrics(), new EngineAnswers(client)::ask),
                new HealthRoutes(operations),
                new ConsoleRoutes(console));
    }

    private static void configure(JavalinConfig settings, SecurityHeaders headers) {
        settings.startup.showJavalinBanner = false;
        settings.startup.showOldJavalinVersionWarning = false;
        settings.http.prefer405over404 = true;
        // Bodies are read and bounded in RequestBody, which can say how large is too large.
        settings.http.maxRequestSize = Long.MAX_VALUE;
        // A workflow id may hold any character; in a path it is percent-encoded, slashes and all.
        settings.jetty.modifyHttpConfiguration(http -> http.setUriCompliance(UriCompliance.DEFAULT.with(
                "workflow ids",
                Violation.AMBIGUOUS_PATH_SEPARATOR,
                Violation.AMBIGUOUS_PATH_ENCODING,
                Violation.AMBIGUOUS_EMPTY_SEGMENT,
                Violation.SUSPICIOUS_PATH_CHARACTERS)));
        settings.jetty.modifyHttpConfiguration(http -> http.setRequestHeaderSize(MAX_HEADER_BYTES));
        settings.jetty.modifyServer(server -> server.setErrorHandler(new ProblemErrorHandler(headers)));
    }

    static void addErrors(JavalinConfig settings) {
        settings.routes.exception(AccessRefusedException.class, (refused, ctx) -> {
            Problem.of(refused.status(), refused.getMessage()).writeTo(ctx);
            // Afterwards, because it may know better than most problems do when to come back.
            refused.headers().forEach(ctx::header);
        });
        settings.routes.exception(
                Exception.class, (error, ctx) -> Problems.of(error).writeTo(ctx));
        settings.routes.exception(
                HttpResponseException.class,
                (error, ctx) -> Problems.of(error, ctx).writeTo(ctx));
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
    }

    /** All that it answers. */
    List<Endpoint> endpoints() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .toList();
    }

    /** Stops to serve; requests that wait are ended. */
    @Override
    public void close() {
        routes.forEach(Routes::close);
        javalin.stop();
    }
}
