package io.millrace.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The server's events, of which only matters here that there was one. It comes back when the connection breaks. The first event says where
 * the stream begins; it wakes, too, so that nothing is missed between a look and the stream's beginning.
 */
final class EventStream implements AutoCloseable {
    /** The server says every 15 s that it is alive. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private static final Duration BEFORE_TRYING_AGAIN = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final Http http;
    private final String path;
    private final Semaphore news = new Semaphore(0);

    private volatile boolean there;
    private volatile boolean closed;

    /** With the query parameters of {@code GET /events}; empty for none. */
    EventStream(Http http, String filter) {
        this.http = http;
        this.path = "/events" + (filter.isEmpty() ? "" : "?" + filter);
    }

    void open() {
        Thread reading = new Thread(this::read, "events");
        reading.setDaemon(true);
        reading.start();
    }

    /** Whether the server tells events now. */
    boolean areThere() {
        return there;
    }

    /** Waits until there was an event since the last call, or as long as given. */
    void await(Duration longest) throws InterruptedException {
        if (news.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            news.drainPermits();
        }
    }

    private void read() {
        boolean known = true;
        while (known && !closed) {
            try {
                known = readOnce();
            } catch (IOException brokenOrAway) {
                // The next look says what is wrong, if anything is.
            }
            there = false;
            pause();
        }
    }

    /** Returns whether the server may have events: whatever it refuses for good, it will not tell later. */
    private boolean readOnce() throws IOException {
        HttpURLConnection opened = http.stream(path, SILENCE);
        int status = opened.getResponseCode();
        if (status != OK) {
            return status >= 500 || status == 429;
        }
        there = true;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(opened.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    news.release();
                }
            }
        }
        return true;
    }

    private void pause() {
        try {
            Thread.sleep(BEFORE_TRYING_AGAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells nothing more. The connection is left to end with the program: to break it, its reader would have to let go of it first. */
    @Override
    public void close() {
        closed = true;
    }
}
