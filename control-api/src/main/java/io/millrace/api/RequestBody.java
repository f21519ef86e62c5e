package io.millrace.api;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/** Reads a request's body as text, no more of it than is allowed. */
final class RequestBody {
    private RequestBody() {}

    static String read(Context ctx, int limit) throws IOException {
        long announced = ctx.req().getContentLengthLong();
        if (announced > limit) {
            throw tooLarge(announced, limit, announced + " bytes");
        }
        byte[] bytes;
        try (InputStream body = ctx.req().getInputStream()) {
            bytes = body.readNBytes(limit + 1);
        }
        if (bytes.length > limit) {
            throw tooLarge(bytes.length, limit, "more than " + limit + " bytes");
        }
        String text = Json.utf8(bytes);
        if (text == null) {
            throw new ProblemException(Problem.of(400, "the body is not UTF-8 text"));
        }
        return text;
    }

    private static ProblemException tooLarge(long size, int limit, String sizeInWords) {
        return new ProblemException(Problem.tooLarge(
                "body", size, limit, "the body has " + sizeInWords + ", the limit is " + limit + " bytes"));
    }
}
