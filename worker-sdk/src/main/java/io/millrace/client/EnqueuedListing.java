package io.millrace.client;

import io.millrace.client.EnqueuedCursor.Place;
import io.millrace.schemas.Answer;
import io.millrace.schemas.EnqueuedWorkflow;
import io.millrace.schemas.ListQueue;
import io.millrace.schemas.Query;
import io.millrace.schemas.QueueListAnswer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One page of what waits on a queue, merged from what each partition has. Every partition must have answered: the page is complete or an
 * error.
 *
 * <p>Each partition is read until it has given enough for the whole page and one more, to know whether another page follows. How far a partition is
 * read can be told only where one of its answers ended, so the next page begins there, at the last such point before the page's end, and
 * leaves out what was shown.
 */
final class EnqueuedListing {
    private final EngineConnection connection;
    private final String queue;
    private final EnqueuedQuery query;
    private final Duration timeout;

    EnqueuedListing(EngineConnection connection, String queue, EnqueuedQuery query, Duration timeout) {
        this.connection = connection;
        this.queue = queue;
        this.query = query;
        this.timeout = timeout;
        query.cursor().ifPresent(this::check);
    }

    /** One answer of a partition, and where it began. */
    private record Stretch(
            @Nullable ByteBuffer from,
            List<EnqueuedWorkflow> workflows,
            @Nullable ByteBuffer next) {
        boolean goesBeyond(Place place) {
            return workflows.stream().anyMatch(waiting -> Place.of(waiting).compareTo(place) > 0);
        }
    }

    private void check(EnqueuedCursor cursor) {
        if (cursor.list() != EnqueuedCursor.listOf(queue, query.partitionKey())
                || cursor.from().size() != connection.partitions()) {
            throw new IllegalArgumentException(
                    "the cursor is of another queue, or of another partitionKey, than \"" + queue + "\"");
        }
    }

    CompletableFuture<EnqueuedPage> page() {
        return Futures.ofAll(
                        connection.partitions(), partition -> read(partition, beginning(partition), new ArrayList<>()))
                .thenApply(this::merge);
    }

    private @Nullable ByteBuffer beginning(int partition) {
        return query.cursor().map(cursor -> cursor.from().get(partition)).orElse(null);
    }

    private CompletableFuture<List<Stretch>> read(int partition, @Nullable ByteBuffer from, List<Stretch> stretches) {
        // Answers and cursors are read more than once, and reading a buffer must not move it for others.
        @Nullable ByteBuffer begin = from == null ? null : from.duplicate();
        ListQueue question = new ListQueue(queue, query.partitionKey(), begin, query.limit() + 1);
        Query asked = Query.newBuilder()
                .setQueryId("")
                .setAnswerPartition(0)
                .setListQueue(question)
                .build();
        return connection.ask(partition, asked, timeout).thenCompose(answer -> {
            QueueListAnswer part = listOf(answer);
            ByteBuffer next = part.getNextCursor();
            stretches.add(new Stretch(from, part.getWorkflows(), next));
            return next == null || isEnough(stretches)
                    ? CompletableFuture.completedFuture(stretches)
                    : read(partition, next, stretches);
        });
    }

    /** Read on while the last ones have the same place but for their ids: among those, a partition's order need not be that of ids. */
    private boolean isEnough(List<Stretch> stretches) {
        List<EnqueuedWorkflow> found = onThisPage(stretches);
        int limit = query.limit();
        return found.size() > limit
                && Place.of(found.get(found.size() - 1)).isClearlyAfter(Place.of(found.get(limit - 1)));
    }

    private List<EnqueuedWorkflow> onThisPage(List<Stretch> stretches) {
        return stretches.stream()
                .flatMap(stretch -> stretch.workflows().stream())
                .filter(this::isOnThisPage)
                .toList();
    }

    private boolean isOnThisPage(EnqueuedWorkflow waiting) {
        return query.cursor()
                .map(cursor -> Place.of(waiting).compareTo(cursor.place()) > 0)
                .orElse(true);
    }

    private EnqueuedPage merge(List<List<Stretch>> partitions) {
        List<EnqueuedWorkflow> first = partitions.stream()
                .flatMap(stretches -> onThisPage(stretches).stream())
                .sorted(Comparator.comparing(Place::of))
                .limit(query.limit() + 1L)
                .toList();
        boolean more = first.size() > query.limit();
        List<EnqueuedWorkflow> page = more ? first.subList(0, query.limit()) : first;
        return new EnqueuedPage(
                described(page), more ? Optional.of(cursor(partitions, page).encode()) : Optional.empty());
    }

    private List<EnqueuedDescription> described(List<EnqueuedWorkflow> page) {
        long before = shownBefore();
        Instant now = Instant.now();
        return IntStream.range(0, page.size())
                .mapToObj(index -> {
                    EnqueuedWorkflow waiting = page.get(index);
                    Instant since = Instant.ofEpochMilli(waiting.getEnqueuedAtMs());
                    return new EnqueuedDescription(
                            before + index + 1,
                            new WorkflowDescription(waiting.getWorkflow(), null),
                            waiting.getPriority(),
                            since,
                            QueueDescription.age(since, now));
                })
                .toList();
    }

    private EnqueuedCursor cursor(List<List<Stretch>> partitions, List<EnqueuedWorkflow> page) {
        Place end = Place.of(page.get(page.size() - 1));
        List<@Nullable ByteBuffer> from = new ArrayList<>();
        partitions.forEach(stretches -> from.add(beginningAfter(end, stretches)));
        return new EnqueuedCursor(
                EnqueuedCursor.listOf(queue, query.partitionKey()), end, shownBefore() + page.size(), from);
    }

    /** The last point up to which all that a partition gave was shown. */
    private static @Nullable ByteBuffer beginningAfter(Place end, List<Stretch> stretches) {
        for (Stretch stretch : stretches) {
            if (stretch.goesBeyond(end)) {
                return stretch.from();
            }
        }
        Stretch last = stretches.get(stretches.size() - 1);
        return last.next() != null ? last.next() : last.from();
    }

    private long shownBefore() {
        return query.cursor().map(EnqueuedCursor::shown).orElse(0L);
    }

    private static QueueListAnswer listOf(Answer answer) {
        if (answer.getQueueList() == null) {
            throw new MillraceException("the engine could not list the queue in partition " + answer.getPartition()
                    + ": " + Optional.ofNullable(answer.getError()).orElse("the answer holds no list"));
        }
        return answer.getQueueList();
    }
}
