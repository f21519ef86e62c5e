package io.millrace.client;

import static io.millrace.client.InMemoryEngine.state;
import static io.millrace.schemas.WorkflowStatus.COMPLETED;
import static io.millrace.schemas.WorkflowStatus.RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.schemas.ListOrder;
import io.millrace.schemas.WorkflowState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkflowListingTest {
    private final InMemoryEngine engine = new InMemoryEngine();
    private final MillraceClient client = MillraceClient.builder().over(engine);

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void shouldMergeAllPartitionsNewestFirst() {
        addWorkflows(20, 1);

        assertEquals(expected(), ids(client.list(WorkflowFilter.all()).workflows()));
    }

    @Test
    void shouldPageThroughEverythingOnceWhateverTheSizes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            engine.workflows.clear();
            addWorkflows(random.nextInt(60), 1 + random.nextInt(20));
            engine.mostPerPage = 1 + random.nextInt(10);
            WorkflowFilter filter = WorkflowFilter.all().limit(1 + random.nextInt(8));
            List<String> reversed = expected();
            Collections.reverse(reversed);

            assertEquals(expected(), pagedIds(filter), "seed " + seed);
            assertEquals(reversed, pagedIds(filter.oldestFirst()), "seed " + seed);
        }
    }

    @Test
    void shouldShowWhatComesMeanwhileLastWhereTheOldestComeFirst() {
        addWorkflows(6, 1);
        WorkflowFilter oldestFirst = WorkflowFilter.all().limit(4).oldestFirst();

        WorkflowPage first = client.list(oldestFirst);
        addWorkflows(1, 1, 1_000_000, "later-");
        List<String> rest = pagedIds(oldestFirst.after(first.nextCursor().orElseThrow()));

        assertEquals(List.of("w-0", "w-1", "w-2", "w-3"), ids(first.workflows()));
        assertEquals(List.of("w-4", "w-5", "later-0"), rest);
    }

    @Test
    void shouldAskEachPartitionOnceWhereItsAnswerHoldsThePage() {
        addWorkflows(40, 1);

        client.list(WorkflowFilter.all().limit(5));

        assertEquals(InMemoryEngine.PARTITIONS, engine.queries.size());
    }

    @Test
    void shouldNotRepeatOrMissAnythingWhenWorkflowsComeAndChangeBetweenPages() {
        addWorkflows(12, 3);
        List<String> before = expected();
        WorkflowFilter running = WorkflowFilter.all().status(RUNNING).limit(5);

        WorkflowPage first = client.list(running);
        addWorkflows(50, 1, 1_000_000, "later-");
        first.workflows()
                .forEach(shown -> engine.workflows.get(shown.workflowId()).setStatus(COMPLETED));
        List<String> all = ids(first.workflows());
        all.addAll(pagedIds(running.after(first.nextCursor().orElseThrow())));

        assertEquals(before, all);
    }

    @Test
    void shouldHaveNoNextPageWhenTheLastOneIsJustFull() {
        addWorkflows(4, 1);

        assertEquals(
                Optional.empty(), client.list(WorkflowFilter.all().limit(4)).nextCursor());
    }

    @Test
    void shouldFailRatherThanBeShortWhenOnePartitionIsSilent() {
        addWorkflows(10, 1);
        engine.silentPartition = 1;

        assertThrows(EngineUnavailableException.class, () -> client.list(WorkflowFilter.all()));
    }

    @Test
    void shouldRefuseWhatIsNoCursor() {
        for (String bad : List.of("", "?", "AAAA", "not a cursor")) {
            assertThrows(
                    IllegalArgumentException.class, () -> WorkflowFilter.all().after(bad), bad);
        }
    }

    @Test
    void shouldReadItsOwnCursorsBack() {
        ListCursor cursor = new ListCursor(1_700_000_000_123L, "Bestellung-ä/17 €");

        assertEquals(cursor, ListCursor.parse(cursor.encode()));
    }

    private void addWorkflows(int count, int perMillisecond) {
        addWorkflows(count, perMillisecond, 1_000, "w-");
    }

    private void addWorkflows(int count, int perMillisecond, long fromMs, String prefix) {
        for (int i = 0; i < count; i++) {
            engine.add(state(prefix + i, fromMs + i / perMillisecond, RUNNING));
        }
    }

    private List<String> expected() {
        return engine.workflows.values().stream()
                .sorted(ListOrder.NEWEST_FIRST)
                .map(WorkflowState::getWorkflowId)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private List<String> pagedIds(WorkflowFilter filter) {
        List<String> ids = new ArrayList<>();
        Optional<String> cursor;
        WorkflowFilter next = filter;
        do {
            WorkflowPage page = client.list(next);
            ids.addAll(ids(page.workflows()));
            cursor = page.nextCursor();
            next = cursor.map(filter::after).orElse(filter);
        } while (cursor.isPresent());
        return ids;
    }

    private static List<String> ids(List<WorkflowDescription> workflows) {
        return new ArrayList<>(
                workflows.stream().map(WorkflowDescription::workflowId).toList());
    }
}
