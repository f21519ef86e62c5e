package io.millrace.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.millrace.client.ChangeFilter;
import io.millrace.client.MillraceClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Changes of workflows as server-sent events. A stream holds no thread: what is read from the log of statuses is written when the connection
 * takes it, and waits in the subscription's buffer meanwhile.
 */
final class EventRoutes implements Routes {
    /** The header by which a client says up to where it has read. */
    static final String LAST_EVENT_ID = "Last-Event-ID";

    /** Each has a connection, and what waits for it in the subscription's buffer: 4 MB if its client stands still. */
    static final int MAX_STREAMS = 200;

    /** Shorter than the 30 s after which the server, and many a proxy, takes a silent connection for dead. */
    private static final Duration BETWEEN_HEARTBEATS = Duration.ofSeconds(15);

    private final MillraceClient client;
    private final Semaphore free = new Semaphore(MAX_STREAMS);
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService heartbeats = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "millrace-event-heartbeats");
        thread.setDaemon(true);
        return thread;
    });

    EventRoutes(MillraceClient client) {
        this.client = client;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(ApiServer.PREFIX + "/events", this::follow, Role.VIEWER);
    }

    void follow(Context ctx) {
        ChangeFilter filter = filter(ctx);
        if (!free.tryAcquire()) {
            throw new ProblemException(Problem.unavailable("there are " + MAX_STREAMS
                    + " streams of events already, which is as many as there may be: close some, or try again later"));
        }
        EventStream stream = new EventStream(ctx);
        open.add(stream);
        ctx.future(() -> follow(stream, filter).whenComplete((ended, error) -> {
            open.remove(stream);
            free.release();
        }));
    }

    private static ChangeFilter filter(Context ctx) {
        ChangeFilter filter = Parameters.changes(ctx.queryParamMap());
        String last = ctx.header(LAST_EVENT_ID);
        return last == null || last.isBlank()
                ? filter
                : Parameters.checked(LAST_EVENT_ID, () -> filter.after(last.strip()));
    }

    private CompletableFuture<Void> follow(EventStream stream, ChangeFilter filter) {
        return client.statusChangesAsync(filter, stream::write).thenCompose(changes -> {
            stream.begin(changes);
            ScheduledFuture<?> beats = heartbeats.scheduleAtFixedRate(
                    stream::beat, BETWEEN_HEARTBEATS.toMillis(), BETWEEN_HEARTBEATS.toMillis(), TimeUnit.MILLISECONDS);
            return stream.ended().whenComplete((ended, error) -> beats.cancel(false));
        });
    }

    @Override
    public void close() {
        open.forEach(EventStream::end);
        heartbeats.shutdownNow();
    }
}
