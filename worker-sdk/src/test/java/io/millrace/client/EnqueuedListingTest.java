package io.millrace.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.EnqueuedCursor.Place;
import io.millrace.schemas.Answer;
import io.millrace.schemas.EnqueuedWorkflow;
import io.millrace.schemas.ListQueue;
import io.millrace.schemas.Query;
import io.millrace.schemas.QueueListAnswer;
import io.millrace.schemas.WorkflowStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnqueuedListingTest {
    /** Among those of one place it orders by id backwards, unlike the client. */
    private static final Comparator<EnqueuedWorkflow> ITS_ORDER = Comparator.comparingInt(EnqueuedWorkflow::getRank)
            .thenComparingInt(EnqueuedWorkflow::getPriority)
            .thenComparingLong(EnqueuedWorkflow::getQueueOrder)
            .thenComparing(waiting -> waiting.getWorkflow().getWorkflowId(), Comparator.reverseOrder());

    private final InMemoryEngine engine = new InMemoryEngine();
    private final MillraceClient client = MillraceClient.builder().over(engine);

    /** All that ever waited, so that a cursor may name one that is gone. */
    private final Map<String, EnqueuedWorkflow> known = new HashMap<>();

    private final Map<String, EnqueuedWorkflow> waiting = new HashMap<>();
    private int mostPerAnswer = Integer.MAX_VALUE;
    private int asked;

    EnqueuedListingTest() {
        engine.answerOther = this::answer;
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void answer(Query query, Answer answer) {
        asked++;
        ListQueue question = query.getListQueue();
        EnqueuedWorkflow after = question.getCursor() == null
                ? null
                : known.get(StandardCharsets.UTF_8
                        .decode(question.getCursor())
                        .toString()
                        .substring(answer.getPartition() == 0 ? 0 : 1));
        List<EnqueuedWorkflow> all = waiting.values().stream()
                .filter(item -> engine.partitionOf(item.getWorkflow().getWorkflowId()) == answer.getPartition())
                .filter(item -> item.getWorkflow().getQueue().equals(question.getQueue()))
                .filter(item -> question.getPartitionKey() == null
                        || question.getPartitionKey().equals(item.getWorkflow().getPartitionKey()))
                .filter(item -> after == null || ITS_ORDER.compare(item, after) > 0)
                .sorted(ITS_ORDER)
                .collect(Collectors.toList());
        int size = Math.min(all.size(), Math.min(mostPerAnswer, question.getLimit()));
        String last = size == 0 ? "" : all.get(size - 1).getWorkflow().getWorkflowId();
        // Cursors of another partition lead nowhere here.
        String cursor = answer.getPartition() == 0 ? last : "#" + last;
        answer.setQueueList(new QueueListAnswer(
                all.subList(0, size),
                size < all.size() ? ByteBuffer.wrap(cursor.getBytes(StandardCharsets.UTF_8)) : null));
    }

    @Test
    void shouldMergeAllPartitionsInTheOrderInWhichTheyRun() {
        add("late", 1, 100, 30);
        add("first", 1, 100, 10);
        add("urgent", 1, 1, 40);
        add("begun before", 0, 100, 50);
        add("same place b", 1, 100, 20);
        add("same place a", 1, 100, 20);

        EnqueuedPage page = client.enqueued("q", EnqueuedQuery.all());

        assertEquals(
                List.of("begun before", "urgent", "first", "same place a", "same place b", "late"),
                ids(page.workflows()));
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L, 6L),
                page.workflows().stream().map(EnqueuedDescription::position).toList());
        assertEquals(Optional.empty(), page.nextCursor());
        EnqueuedDescription urgent = page.workflows().get(1);
        assertEquals(1, urgent.priority());
        assertEquals(1_040, urgent.enqueuedAt().toEpochMilli());
        assertTrue(urgent.age().compareTo(Duration.ofDays(365)) > 0);
    }

    @Test
    void shouldPageThroughEverythingOnceWhateverTheSizes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            waiting.clear();
            addRandomly(random, random.nextInt(60), 1 + random.nextInt(30));
            mostPerAnswer = 1 + random.nextInt(10);

            List<EnqueuedDescription> all = paged(EnqueuedQuery.all().limit(1 + random.nextInt(8)));

            assertEquals(expected(), ids(all), "seed " + seed);
            assertEquals(
                    IntStream.rangeClosed(1, all.size())
                            .mapToObj(position -> (long) position)
                            .toList(),
                    all.stream().map(EnqueuedDescription::position).toList(),
                    "seed " + seed);
        }
    }

    @Test
    void shouldNotRepeatOrMissWhatStaysWhileOthersComeAndGo() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            waiting.clear();
            addRandomly(random, 50, 10);
            mostPerAnswer = 1 + random.nextInt(10);
            List<String> stay = new ArrayList<>();
            expected().stream().filter(id -> random.nextBoolean()).forEach(stay::add);
            EnqueuedQuery query = EnqueuedQuery.all().limit(1 + random.nextInt(8));

            EnqueuedPage page = client.enqueued("q", query);
            List<String> seen = ids(page.workflows());
            waiting.keySet().retainAll(stay);
            while (page.nextCursor().isPresent()) {
                page = client.enqueued("q", query.after(page.nextCursor().get()));
                seen.addAll(ids(page.workflows()));
            }

            seen.retainAll(stay);
            assertEquals(stay, seen, "seed " + seed);
        }
    }

    @Test
    void shouldNotReadFromTheBeginningForEachPage() {
        addRandomly(new Random(1), 600, 1_000_000);

        List<EnqueuedDescription> all = paged(EnqueuedQuery.all().limit(10));

        assertEquals(600, all.size());
        assertTrue(asked <= 60 * (InMemoryEngine.PARTITIONS + 1) * 2, asked + " questions");
    }

    @Test
    void shouldShowTheWorkOfOneKeyAlone() {
        add("a", 1, 100, 1);
        add("b", 1, 100, 2).getWorkflow().setPartitionKey("k");
        add("c", 1, 100, 3).getWorkflow().setPartitionKey("k");

        EnqueuedQuery ofKey = EnqueuedQuery.all().partitionKey("k").limit(1);

        assertEquals(List.of("b", "c"), ids(paged(ofKey)));
        assertEquals(1, client.enqueued("q", ofKey).workflows().get(0).position());
    }

    @Test
    void shouldFailRatherThanBeShortWhenOnePartitionIsSilent() {
        engine.silentPartition = 1;

        assertThrows(EngineUnavailableException.class, () -> client.enqueued("q", EnqueuedQuery.all()));
    }

    @Test
    void shouldRefuseWhatIsNoCursorOfThisList() {
        add("a", 1, 100, 1);
        add("b", 1, 100, 2);
        EnqueuedQuery one = EnqueuedQuery.all().limit(1);
        String cursor = client.enqueued("q", one).nextCursor().orElseThrow();
        String ofWorkflows = new ListCursor(1, "w").encode();

        for (String bad : List.of("", "?", "AAAA", "not a cursor", ofWorkflows, cursor.substring(0, 8))) {
            assertThrows(IllegalArgumentException.class, () -> one.after(bad), bad);
        }
        assertThrows(IllegalArgumentException.class, () -> WorkflowFilter.all().after(cursor));
        assertThrows(IllegalArgumentException.class, () -> client.enqueued("other", one.after(cursor)));
        EnqueuedQuery ofKey = one.partitionKey("k").after(cursor);
        assertThrows(IllegalArgumentException.class, () -> client.enqueued("q", ofKey));
    }

    @Test
    void shouldKeepCursorsShortEnoughForAUrl() {
        List<ByteBuffer> partitions = IntStream.range(0, 64)
                .mapToObj(number -> "orders.checkout.europe/" + number + "/order-" + number * 7_919_111L)
                .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
                .toList();
        EnqueuedCursor cursor = new EnqueuedCursor(7, new Place(1, 100, 1L << 60, "Bestellung-ä/17 €"), 12, partitions);

        assertEquals(cursor, EnqueuedCursor.parse(cursor.encode()));
        assertTrue(cursor.encode().length() < 2_000, cursor.encode().length() + " characters");
    }

    @Test
    void shouldRefusePageSizesThatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> EnqueuedQuery.all().limit(0));
        assertThrows(IllegalArgumentException.class, () -> EnqueuedQuery.all().limit(501));
        assertFalse(EnqueuedQuery.all().limit(500).cursor().isPresent());
    }

    private EnqueuedWorkflow add(String workflowId, int rank, int priority, long order) {
        var state = InMemoryEngine.state(workflowId, 1, WorkflowStatus.ENQUEUED);
        state.setQueue("q");
        EnqueuedWorkflow added = new EnqueuedWorkflow(state, rank, priority, order, 1_000 + order);
        known.put(workflowId, added);
        waiting.put(workflowId, added);
        return added;
    }

    private void addRandomly(Random random, int count, int orders) {
        for (int i = 0; i < count; i++) {
            add("w-" + i, random.nextInt(2), 1 + random.nextInt(3), random.nextInt(orders));
        }
    }

    private List<String> expected() {
        return waiting.values().stream()
                .sorted(Comparator.comparing(Place::of))
                .map(item -> item.getWorkflow().getWorkflowId())
                .toList();
    }

    private List<EnqueuedDescription> paged(EnqueuedQuery query) {
        List<EnqueuedDescription> all = new ArrayList<>();
        Optional<String> cursor;
        EnqueuedQuery next = query;
        do {
            EnqueuedPage page = client.enqueued("q", next);
            all.addAll(page.workflows());
            cursor = page.nextCursor();
            next = cursor.map(query::after).orElse(query);
        } while (cursor.isPresent());
        return all;
    }

    private static List<String> ids(List<EnqueuedDescription> waiting) {
        return new ArrayList<>(
                waiting.stream().map(item -> item.workflow().workflowId()).toList());
    }
}
