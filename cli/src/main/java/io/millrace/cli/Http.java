package io.millrace.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one server. It is made of {@code HttpURLConnection}, which starts in a fraction of the time that the newer client
 * takes: see ADR 0019. Each request is sent once: a command that is sent again unasked might be done twice.
 */
final class Http {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    static {
        // Read when the first connection is made; without it, a POST whose connection breaks is sent again.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final String url;
    private final Access access;

    Http(String url, Access access) {
        this.url = url;
        this.access = access;
    }

    /**
     * An answer of any status.
     *
     * @param status its HTTP status
     * @param body its text as it came
     * @param retryAfter how many seconds the server wants to be left alone, where it says so
     */
    record Response(int status, String body, @Nullable String retryAfter) {}

    String url() {
        return url;
    }

    boolean hasToken() {
        return access.token() != null;
    }

    /**
     * Sends a request and waits for the whole answer.
     *
     * @param body JSON; null for none
     * @param timeout how long nothing may come
     */
    Response send(String method, String path, @Nullable String body, Duration timeout) throws IOException {
        HttpURLConnection connection = open(path, timeout);
        connection.setRequestMethod(method);
        connection.setRequestProperty("Accept", "application/json");
        if (body != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            connection.getOutputStream().write(bytes);
        }
        int status = connection.getResponseCode();
        return new Response(status, text(connection, status), connection.getHeaderField("Retry-After"));
    }

    /**
     * Opens a stream that the server goes on writing.
     *
     * @param silence how long nothing may come
     */
    HttpURLConnection stream(String path, Duration silence) throws IOException {
        HttpURLConnection connection = open(path, silence);
        connection.setRequestProperty("Accept", "text/event-stream");
        return connection;
    }

    private HttpURLConnection open(String path, Duration timeout) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url + "/api/v1" + path).toURL().openConnection();
        connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
        connection.setReadTimeout((int) Math.min(timeout.toMillis(), Integer.MAX_VALUE));
        connection.setUseCaches(false);
        // Nobody else is to get the token.
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Millrace-Issuer", access.issuer());
        if (access.token() != null) {
            connection.setRequestProperty("Authorization", "Bearer " + access.token());
        }
        if (access.trust() != null && connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(access.trust());
        }
        return connection;
    }

    private static String text(HttpURLConnection connection, int status) throws IOException {
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
