package io.millrace.api;

import io.javalin.http.Context;
import io.millrace.client.StatusChange;
import io.millrace.client.StatusPosition;
import io.millrace.client.StatusSubscription;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that listens to events. It is written to when its connection takes something and never blocks; the next change is asked for
 * when the one before has gone out. Thread-safe.
 */
final class EventStream implements WriteListener {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    private static final long NOTHING_WAITED = -1;

    private final Context ctx;
    private final Deque<Chunk> waiting = new ArrayDeque<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile @Nullable StatusSubscription changes;
    private @Nullable ServletOutputStream out;
    private boolean hasBegun;
    private boolean isToFlush;
    private long written;
    private long writtenAtLastBeat = NOTHING_WAITED;
    private String lastId = "";

    /** Some lines, and who waits for them to go out. */
    private record Chunk(byte[] lines, CompletableFuture<Void> gone) {}

    EventStream(Context ctx) {
        this.ctx = ctx;
    }

    /** Answers, and says where the stream begins. The request must be asynchronous by now. */
    void begin(StatusSubscription changes) {
        // Before anything that can fail: whoever is not told of changes must not go on being read for.
        ended.whenComplete((closed, error) -> changes.close());
        try {
            ctx.status(200)
                    .contentType("text/event-stream")
                    .header("Cache-Control", "no-store")
                    // Or nginx keeps events until it has a few kilobytes of them.
                    .header("X-Accel-Buffering", "no");
            this.changes = changes;
            synchronized (this) {
                lastId = changes.position();
                waiting.addFirst(chunk("event: position\nid: " + lastId + "\ndata: {}\n\n"));
                ServletOutputStream stream = ctx.res().getOutputStream();
                out = stream;
                stream.setWriteListener(this);
            }
            changes.ended().whenComplete((closed, error) -> {
                if (error != null) {
                    LOG.debug("a stream of events ends", error);
                }
                end();
            });
        } catch (IOException | IllegalStateException e) {
            onError(e);
        }
    }

    /** Ends when the client is gone, or reads too slowly, or the server stops. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Writes a change when the connection takes it. */
    CompletableFuture<Void> write(StatusChange change) {
        byte[] workflow = WorkflowJson.listed(change.workflow());
        Chunk chunk = chunk("event: workflow\nid: " + change.position() + "\ndata: "
                + new String(workflow, StandardCharsets.UTF_8) + "\n\n");
        synchronized (this) {
            waiting.add(chunk);
            lastId = change.position();
        }
        pump();
        return chunk.gone();
    }

    /**
     * Shows the client that the stream lives, and up to where it has come if it has passed over other changes. A client that has taken nothing
     * between two heartbeats, where there was something for it, is gone.
     */
    void beat() {
        StatusSubscription following = changes;
        if (following == null) {
            return;
        }
        // Not under the lock: it asks those who may be about to write.
        String position = following.position();
        if (isStuck()) {
            LOG.debug("a listener to events takes nothing more");
            abort();
        } else {
            addHeartbeat(position);
            pump();
        }
    }

    private synchronized boolean isStuck() {
        boolean isStuck = writtenAtLastBeat == written;
        writtenAtLastBeat = waiting.isEmpty() ? NOTHING_WAITED : written;
        return isStuck;
    }

    private synchronized void addHeartbeat(String position) {
        if (!waiting.isEmpty()) {
            return;
        }
        // A change may have gone out which the subscription did not count yet when it was asked: an id must never lead
        // back.
        String id = StatusPosition.parse(lastId)
                .orLater(StatusPosition.parse(position))
                .encode();
        waiting.add(chunk(id.equals(lastId) ? ": alive\n\n" : ": alive\nid: " + id + "\n\n"));
        lastId = id;
    }

    @Override
    public void onWritePossible() {
        synchronized (this) {
            hasBegun = true;
        }
        pump();
    }

    @Override
    public void onError(Throwable error) {
        LOG.debug("a listener to events is gone", error);
        end();
    }

    /** Closes the connection's stream in order. */
    void end() {
        ended.complete(null);
    }

    private static Chunk chunk(String lines) {
        return new Chunk(lines.getBytes(StandardCharsets.UTF_8), new CompletableFuture<>());
    }

    private void pump() {
        try {
            Chunk gone = writeNext();
            while (gone != null) {
                gone.gone().complete(null);
                gone = writeNext();
            }
        } catch (IOException | IllegalStateException e) {
            onError(e);
        }
    }

    /** Writes what is next if the connection takes it; if not, {@link #onWritePossible} is called when it does. */
    private synchronized @Nullable Chunk writeNext() throws IOException {
        if (out == null || !hasBegun || ended.isDone()) {
            return null;
        }
        while (out.isReady()) {
            Chunk next = waiting.poll();
            if (next != null) {
                out.write(next.lines());
                written = written + 1;
                isToFlush = true;
                return next;
            }
            if (!isToFlush) {
                return null;
            }
            isToFlush = false;
            out.flush();
        }
        return null;
    }

    /** Ends the connection itself: what is still to be written to it would wait for ever. */
    private void abort() {
        ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
        end();
    }
}
