package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream as its client reads it. */
final class Events implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    private Events(HttpResponse<InputStream> response) {
        this.response = response;
        this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** A stream that has begun. */
    static Events open(HttpClient http, HttpRequest request) throws Exception {
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, response.statusCode());
        return new Events(response);
    }

    String header(String name) {
        return response.headers().firstValue(name).orElseThrow();
    }

    @Nullable
    String line() throws Exception {
        return lines.readLine();
    }

    /** Whether it comes to its end: in order, or cut off because the server has gone meanwhile. */
    boolean hasEnded() {
        try {
            return lines.readLine() == null;
        } catch (IOException cutOff) {
            return true;
        }
    }

    /** The lines of the next event. */
    List<String> next() throws Exception {
        List<String> event = new ArrayList<>();
        for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
            event.add(line);
        }
        return event;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
