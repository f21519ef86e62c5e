package io.millrace.api;

import io.javalin.http.Context;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Reads a request's body as text, no more of it than is allowed; and what nobody wants to read, so that the client comes to see its answer. */
final class RequestBody {
    /** So much of a body that is too large is read all the same: most clients listen only when they have sent everything. */
    private static final int DRAINED_BYTES = 16 << 20;

    /**
     * So long at most is a body waited for that nobody reads. Bodies that are under way come in milliseconds, and whoever sends slowly on
     * purpose, perhaps without being known to us, holds a thread of the server's no longer than that.
     */
    private static final Duration DRAINED_FOR = Duration.ofSeconds(1);

    /** From one look to the next at whether more has come: a read would wait for as long as the client likes. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(2);

    private static final int BUFFER_BYTES = 64 * 1024;

    /** Set on a request whose body was read. */
    private static final String READ = "millrace.body.read";

    private RequestBody() {}

    static String read(Context ctx, int limit) throws IOException {
        ctx.attribute(READ, true);
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

    /**
     * Reads the body of a request that was answered without it, because it was refused or takes none. A connection that is closed while something
     * on it is unread is reset, and what the client has not read of the answer is lost with it.
     */
    static void drain(Context ctx) throws IOException {
        long announced = ctx.req().getContentLengthLong();
        boolean none = announced <= 0 && ctx.header("Transfer-Encoding") == null;
        if (none || ctx.attribute(READ) != null) {
            return;
        }
        ServletInputStream body = ctx.req().getInputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        long until = System.nanoTime() + DRAINED_FOR.toNanos();
        long drained = 0;
        while (!body.isFinished() && drained != announced && drained < DRAINED_BYTES && System.nanoTime() < until) {
            if (body.available() > 0) {
                drained += Math.max(0, body.read(buffer));
            } else {
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
    }

    /** The size is what the client announced; one that streams announces nothing, and nobody counts to the end. */
    private static ProblemException tooLarge(long announced, int limit) {
        long size = Math.max(announced, limit + 1L);
        String words = announced < 0 ? "more than " + limit : Long.toString(announced);
        return new ProblemException(Problem.tooLarge(
                "body", size, limit, "the body has " + words + " bytes, the limit is " + limit + " bytes"));
    }
}
