package io.millrace.api;

import io.javalin.Javalin;

/** Serves {@code /metrics}, {@code /health/live} and {@code /health/ready} of a process that has no API, until it is closed. */
public final class OperationsServer implements AutoCloseable {
    private final Javalin javalin;

    private OperationsServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /**
     * Starts to serve. There is no authentication: the address should be a private one.
     *
     * @param port 0 takes a free one
     * @throws IllegalStateException if the port cannot be listened on; the message says what to do
     */
    public static OperationsServer start(String host, int port, Operations operations) {
        Javalin javalin = Javalin.create(settings -> {
            settings.startup.showJavalinBanner = false;
            settings.startup.showOldJavalinVersionWarning = false;
            settings.http.prefer405over404 = true;
            MetricsRoute.of(operations.metrics()).addTo(settings.routes);
            new HealthRoutes(operations).addTo(settings.routes);
            ApiServer.addErrors(settings);
        });
        return new OperationsServer(ApiServer.listen(javalin, host, port));
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Stops to serve. */
    @Override
    public void close() {
        javalin.stop();
    }
}
