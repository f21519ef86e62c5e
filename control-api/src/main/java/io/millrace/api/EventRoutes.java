package io.millrace.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.millrace.api.access.AccessGate;
import io.millrace.client.ChangeFilter;
import io.millrace.client.MillraceClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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

    /**
     * For each user, so that one alone cannot take them all: more pages than somebody looks at, and programs beside. Whoever opens more loses
     * the oldest, and can resume it. It is not the new one that is refused, because browsers leave streams behind as they go from page to page.
     */
    static final int MAX_STREAMS_EACH = 40;

    /** Who follows is asked who they are when a stream begins; after so long it ends, and they come back and are asked again. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    /** Shorter than the 30 s after which the server, and many a proxy, takes a silent connection for dead. */
    private static final Duration BETWEEN_HEARTBEATS = Duration.ofSeconds(15);

    private final MillraceClient client;
    private final Duration longest;
    private final Semaphore free = new Semaphore(MAX_STREAMS);
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    /** Those of each user, the oldest first. */
    private final Map<String, Deque<EventStream>> openOf = new ConcurrentHashMap<>();

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "millrace-event-timer");
        thread.setDaemon(true);
        return thread;
    });

    EventRoutes(MillraceClient client) {
        this(client, LONGEST);
    }

    EventRoutes(MillraceClient client, Duration longest) {
        this.client = client;
        this.longest = longest;
        // Or streams that have long ended would be kept until their time is over.
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(ApiServer.PREFIX + "/events", this::follow, Role.VIEWER);
    }

    void follow(Context ctx) {
        ChangeFilter filter = filter(ctx);
        String who = AccessGate.countedAs(ctx);
        EventStream stream = new EventStream(ctx);
        oldestTooMany(who).ifPresent(EventStream::end);
        if (!free.tryAcquire()) {
            throw new ProblemException(Problem.unavailable("there are " + MAX_STREAMS
                    + " streams of events already, which is as many as there may be: close some, or try again later"));
        }
        add(who, stream);
        ctx.future(() -> follow(stream, filter).whenComplete((ended, error) -> {
            // Also where the stream has begun and something failed after that.
            stream.end();
            remove(who, stream);
            free.release();
        }));
    }

    /** It is most likely one whose client has gone: the server learns of that only when it has something to say. */
    private Optional<EventStream> oldestTooMany(String who) {
        List<EventStream> oldest = new ArrayList<>(1);
        openOf.computeIfPresent(who, (same, streams) -> {
            if (streams.size() >= MAX_STREAMS_EACH) {
                oldest.add(streams.removeFirst());
            }
            return streams;
        });
        return oldest.stream().findFirst();
    }

    private void add(String who, EventStream stream) {
        open.add(stream);
        openOf.compute(who, (same, streams) -> {
            Deque<EventStream> all = streams == null ? new ArrayDeque<>() : streams;
            all.addLast(stream);
            return all;
        });
    }

    private void remove(String who, EventStream stream) {
        open.remove(stream);
        openOf.computeIfPresent(who, (same, streams) -> {
            streams.remove(stream);
            return streams.isEmpty() ? null : streams;
        });
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
            ScheduledFuture<?> beats = timer.scheduleAtFixedRate(
                    stream::beat, BETWEEN_HEARTBEATS.toMillis(), BETWEEN_HEARTBEATS.toMillis(), TimeUnit.MILLISECONDS);
            ScheduledFuture<?> end = timer.schedule(stream::end, longest.toMillis(), TimeUnit.MILLISECONDS);
            return stream.ended().whenComplete((ended, error) -> {
                beats.cancel(false);
                end.cancel(false);
            });
        });
    }

    @Override
    public void close() {
        open.forEach(EventStream::end);
        timer.shutdownNow();
    }
}
