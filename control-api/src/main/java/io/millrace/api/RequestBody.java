package io.millrace.api;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/** Reads a request's body as text, no more of it than is allowed. */
final class RequestBody {
    /** So much of a body that is too large is read all the same: most clients listen only when they have sent everything. */
    private static final int DRAINED_BYTES = 16 << 20;

    private RequestBody() {}

    static String read(Context ctx, int limit) throws IOException {
        byte[] bytes;
        try (InputStream body = ctx.req().getInputStream()) {
            bytes = body.readNBytes(limit + 1);
            if (bytes.length > limit) {
                body.skip(DRAINED_BYTES);
                throw tooLarge(ctx.req().getContentLengthLong(), limit);
            }
        }
        String text = Json.utf8(bytes);
        if (text == null) {
            throw new ProblemException(Problem.of(400, "the body is not UTF-8 text"));
        }
        return text;
    }

    /** The size is what the client announced; one that streams announces nothing, and nobody counts to the end. */
    private static ProblemException tooLarge(long announced, int limit) {
        long size = Math.max(announced, limit + 1L);
        String words = announced < 0 ? "more than " + limit : Long.toString(announced);
        return new ProblemException(Problem.tooLarge(
                "body", size, limit, "the body has " + words + " bytes, the limit is " + limit + " bytes"));
    }
}
