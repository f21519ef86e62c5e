package io.millrace.api.access;

import java.util.Map;

/** A request that is not let through; the message says to its sender why, and what to do. It never holds what they sent as a secret. */
public final class AccessRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;

    private AccessRefusedException(int status, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.headers = Map.copyOf(headers);
    }

    static AccessRefusedException of(int status, String message) {
        return new AccessRefusedException(status, message, Map.of());
    }

    /** Nobody knows who asks. */
    static AccessRefusedException unauthenticated(String message) {
        return new AccessRefusedException(401, message, Map.of("WWW-Authenticate", "Bearer"));
    }

    static AccessRefusedException forbidden(String message) {
        return of(403, message);
    }

    static AccessRefusedException tooOften(String message, long retryAfterSeconds) {
        return new AccessRefusedException(429, message, Map.of("Retry-After", Long.toString(retryAfterSeconds)));
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What goes with the status, by header name. */
    public Map<String, String> headers() {
        return headers;
    }
}
