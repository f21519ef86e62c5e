package io.millrace.api;

import io.javalin.http.Context;
import io.millrace.api.access.AccessGate;
import io.millrace.client.MillraceClient;

/** Whoever a request comes from, as the history of workflows names them. */
final class Caller {
    private Caller() {}

    /** The client for what the request asks for. */
    static MillraceClient of(Context ctx, MillraceClient client) {
        return client.actingFor(AccessGate.principal(ctx).name());
    }
}
