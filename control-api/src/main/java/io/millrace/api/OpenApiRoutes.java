package io.millrace.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of this API in OpenAPI's terms, as it lies among the resources. */
final class OpenApiRoutes implements Routes {
    private static final String DOCUMENT = "openapi.json";

    private final byte[] document = read();

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/" + DOCUMENT, this::get, Role.ANYONE);
        routes.get(ApiServer.PREFIX + "/" + DOCUMENT, this::get, Role.ANYONE);
    }

    void get(Context ctx) {
        ctx.contentType(WorkflowRoutes.JSON).result(document);
    }

    private static byte[] read() {
        try (InputStream resource = OpenApiRoutes.class.getResourceAsStream(DOCUMENT)) {
            if (resource == null) {
                throw new IllegalStateException("this build of Millrace lacks its resource " + DOCUMENT);
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + DOCUMENT, e);
        }
    }
}
