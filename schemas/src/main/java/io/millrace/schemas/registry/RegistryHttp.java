package io.millrace.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schemas.registry.SchemaRegistryException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to whichever server of a registry answers. A server that cannot be reached or says that it cannot answer now (408,
 * 429, 5xx) is left for the next one, and after a round over all of them there is a wait; any other answer is final.
 */
final class RegistryHttp {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    /** Longest text of a server's that goes into a message of ours, in characters. */
    private static final int MAX_QUOTED_CHARS = 500;

    private final RegistrySettings settings;
    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();

    /** The server that answered last: it is asked first, so that one that is down costs its timeout only once. */
    private volatile int preferred;

    RegistryHttp(RegistrySettings settings) {
        this.settings = settings;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
        if (!settings.ssl().isEmpty()) {
            // Kafka's own reading of ssl.*, so that stores and PEM files mean the same here as for the brokers.
            try (DefaultSslEngineFactory ssl = new DefaultSslEngineFactory()) {
                ssl.configure(new ConfigDef().withClientSslSupport().parse(settings.ssl()));
                builder.sslContext(ssl.sslContext());
            }
        }
        this.http = builder.build();
    }

    /**
     * Asks for something.
     *
     * @param path below the server's address, encoded
     * @param body the JSON to post; {@code null} to get
     */
    JsonNode ask(String path, @Nullable JsonNode body) {
        SchemaRegistryException last = null;
        for (int round = 0; round <= settings.retries().rounds(); round++) {
            if (round > 0) {
                pause(settings.retries().waitBefore(round));
            }
            int first = preferred;
            for (int i = 0; i < settings.servers().size(); i++) {
                int index = (first + i) % settings.servers().size();
                try {
                    JsonNode answer = askOne(settings.servers().get(index), path, body);
                    preferred = index;
                    return answer;
                } catch (SchemaRegistryException e) {
                    if (e.kind() != Kind.UNAVAILABLE || Thread.currentThread().isInterrupted()) {
                        throw e;
                    }
                    LOG.warn("Schema registry: {}", e.getMessage());
                    last = e;
                }
            }
        }
        throw new SchemaRegistryException(Kind.UNAVAILABLE, "no schema registry server could answer", last);
    }

    private JsonNode askOne(RegistryServer server, String path, @Nullable JsonNode body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.base() + path)).header("Accept", CONTENT_TYPE);
        if (server.credentials().authorization() != null) {
            request.header("Authorization", server.credentials().authorization());
        }
        if (body != null) {
            request.header("Content-Type", CONTENT_TYPE).POST(BodyPublishers.ofString(body.toString()));
        }
        String what = (body == null ? "GET " : "POST ") + server.base() + path;
        return answer(server, what, send(request.build(), what));
    }

    private HttpResponse<byte[]> send(HttpRequest request, String what) {
        // Asynchronously, because the timeout of a request ends with the headers, and a body can stall too.
        CompletableFuture<HttpResponse<byte[]>> sent = http.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return sent.get(settings.readTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw unavailable(what + " was not answered within " + settings.readTimeout(), e);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw unavailable(what + " was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw unavailable(what + " failed: " + cause, cause);
            }
            throw new IllegalStateException(what + " failed", e.getCause());
        }
    }

    private JsonNode answer(RegistryServer server, String what, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        JsonNode body;
        try {
            body = json.readTree(response.body());
        } catch (IOException e) {
            // Without its cause, which quotes what was read.
            body = json.missingNode();
        }
        if (status == 200 && body.isObject()) {
            return body;
        }
        String said = server.credentials().withoutSecrets(body.path("message").asText(""));
        String message = what + " was answered " + status + (said.isEmpty() ? "" : ": " + shortened(said));
        throw new SchemaRegistryException(kind(status), message, null);
    }

    private static Kind kind(int status) {
        if (status == 404) {
            return Kind.NOT_FOUND;
        }
        // A 200 without JSON is not from a registry, but from something that stands in its place for a while.
        boolean retriable = status == 200 || status == 408 || status == 429 || status >= 500;
        return retriable ? Kind.UNAVAILABLE : Kind.REFUSED;
    }

    private static String shortened(String text) {
        return text.length() <= MAX_QUOTED_CHARS ? text : text.substring(0, MAX_QUOTED_CHARS) + "...";
    }

    private static SchemaRegistryException unavailable(String message, Throwable cause) {
        return new SchemaRegistryException(Kind.UNAVAILABLE, message, cause);
    }

    /** Waits between half the time and all of it, so that those who failed together do not come back together. */
    private static void pause(Duration wait) {
        long most = wait.toMillis();
        try {
            Thread.sleep(most == 0 ? 0 : ThreadLocalRandom.current().nextLong(most / 2, most + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("waiting for the schema registry was interrupted", e);
        }
    }
}
