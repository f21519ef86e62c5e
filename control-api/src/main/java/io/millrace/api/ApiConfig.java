package io.millrace.api;

import io.millrace.api.access.AccessConfig;
import io.millrace.schemas.Limits;

/**
 * How to serve the API.
 *
 * @param host the address to listen on; loopback unless set; another one takes authentication
 * @param port the TCP port; 0 for any that is free
 * @param maxBodyBytes the largest request body, in bytes
 * @param access who may use it
 */
public record ApiConfig(String host, int port, int maxBodyBytes, AccessConfig access) {
    /** The port unless another one is configured. */
    public static final int DEFAULT_PORT = 7070;

    /** The largest payload with everything else that a start may carry. */
    private static final int DEFAULT_MAX_BODY_BYTES = Limits.MAX_PAYLOAD_BYTES + 64 * 1024;

    /** Loopback, the default port and limits, and nobody is asked who they are. */
    public static ApiConfig defaults() {
        return new ApiConfig("127.0.0.1", DEFAULT_PORT, DEFAULT_MAX_BODY_BYTES, AccessConfig.open());
    }

    /** The same on another port. */
    public ApiConfig withPort(int port) {
        return new ApiConfig(host, port, maxBodyBytes, access);
    }

    /** The same on another address. */
    public ApiConfig withHost(String host) {
        return new ApiConfig(host, port, maxBodyBytes, access);
    }

    /** The same for others. */
    public ApiConfig withAccess(AccessConfig access) {
        return new ApiConfig(host, port, maxBodyBytes, access);
    }
}
