package io.millrace.api;

import io.millrace.api.access.SecurityHeaders;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Problem documents for what Jetty refuses before any route sees it, such as requests that are no HTTP. */
final class ProblemErrorHandler extends ErrorHandler {
    private final SecurityHeaders headers;

    ProblemErrorHandler(SecurityHeaders headers) {
        this.headers = headers;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        headers.byName().forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        String detail = message == null ? "the request cannot be served" : message;
        response.write(true, ByteBuffer.wrap(Problem.of(code, detail).toJson()), callback);
    }
}
