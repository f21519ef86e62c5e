package io.millrace.api;

import io.javalin.config.RoutesConfig;

/** A part of the API: its paths, what each does, and who may ask it to. */
interface Routes {
    /** Adds the paths, each with the one {@link Role} that it takes. */
    void addTo(RoutesConfig routes);

    /** Ends what is still under way, before the server stops. */
    default void close() {}
}
