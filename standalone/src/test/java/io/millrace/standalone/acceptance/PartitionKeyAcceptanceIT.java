package io.millrace.standalone.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.EnqueuedQuery;
import io.millrace.client.QueueOptions;
import io.millrace.client.StartOptions;
import io.millrace.client.StartRejectedException;
import io.millrace.client.WorkflowHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The keys of a queue take turns, and each has limits of its own. */
final class PartitionKeyAcceptanceIT {
    private static final List<String> KEYS = List.of("ann", "ben", "cy");

    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private QueueScene queue;

    @BeforeEach
    void setTheScene() {
        queue = new QueueScene(scene);
    }

    private StartOptions of(String key, int number) {
        return queue.options(key + "-" + number).partitionKey(key);
    }

    /** So many of each key, one after the other. */
    private List<WorkflowHandle<String>> startOfEachKey(int number) {
        List<WorkflowHandle<String>> started = new ArrayList<>();
        for (int n = 1; n <= number; n++) {
            for (String key : KEYS) {
                started.add(queue.start(of(key, n)));
            }
        }
        return started;
    }

    @Test
    void shouldNotLetAKeyWithManyStarveAKeyWithOne() {
        // given a queue of one at once, three hundred of one key that wait, and one of another key
        queue.limit(QueueOptions.unlimited().concurrency(1).partitioned());
        queue.work("worker");
        WorkflowHandle<String> first = queue.start(of("many", 0));
        queue.stays().awaitBegun(1);
        CompletableFuture.allOf(IntStream.rangeClosed(1, 300)
                        .mapToObj(
                                n -> scene.client().startAsync(StayingWorkflow.TYPE, null, String.class, of("many", n)))
                        .toArray(CompletableFuture[]::new))
                .join();
        WorkflowHandle<String> lonely = queue.start(of("one", 1));
        queue.awaitNumbers(301, 1);
        // when there is room, then the one has its turn with the next
        queue.doors().openAll();
        lonely.result(Scene.PATIENCE);
        assertTrue(
                queue.stays().begun().indexOf(lonely.workflowId()) <= 2,
                () -> "it began after " + queue.stays().begun().indexOf(lonely.workflowId()));
        assertTrue(first.describe().isClosed());
        queue.limit(QueueOptions.unlimited().concurrency(0).partitioned());
    }

    @Test
    void shouldNotRunMoreOfAKeyAtOnceThanItsConcurrency() {
        // given a queue of one at once of each key, and six workflows of three keys
        queue.limit(QueueOptions.unlimited().partitionConcurrency(1));
        queue.work("worker");
        List<WorkflowHandle<String>> workflows = startOfEachKey(2);
        // then one of each key begins, and the others wait
        queue.stays().awaitBegun(3);
        queue.awaitNumbers(3, 3);
        assertEquals(
                KEYS,
                queue.stays().begun().stream()
                        .map(id -> id.substring(0, id.indexOf('-')))
                        .sorted()
                        .toList());
        assertEquals(
                List.of(workflows.get(4).workflowId()),
                queue.enqueued(EnqueuedQuery.all().partitionKey("ben")).stream()
                        .map(found -> found.workflow().workflowId())
                        .toList());
        // when one ends, then the other one of its key begins
        queue.letComplete(workflows.get(1));
        queue.stays().awaitBegun(4);
        assertEquals(workflows.get(4).workflowId(), queue.stays().begun().get(3));
        queue.letAllComplete(workflows);
        KEYS.forEach(key -> assertEquals(1, queue.stays().mostAtOnceOf(id -> id.startsWith(key))));
    }

    @Test
    void shouldLetNoMoreOfAKeyBeginInAnyPeriodThanItsRateSays() {
        // given a queue on which two of each key may begin in a second, and five of each of three keys
        int permits = 2;
        Duration period = Duration.ofSeconds(1);
        queue.limit(QueueOptions.unlimited().partitionRateLimit(permits, period));
        List<WorkflowHandle<String>> workflows = startOfEachKey(5);
        queue.doors().openAll();
        // when a worker comes that could run all of them at once
        queue.work("worker", 64, queue.doors()::pass);
        queue.letAllComplete(workflows);
        // then no period has more than two beginnings of one key
        for (String key : KEYS) {
            List<WorkflowHandle<String>> ofKey = workflows.stream()
                    .filter(workflow -> workflow.workflowId().startsWith(key))
                    .toList();
            assertEquals(5, ofKey.size());
            queue.assertRate(ofKey, permits, period);
        }
    }

    @Test
    void shouldTakeTurnsAmongKeysAndCountThoseWithoutOneAsOneKey() {
        // given a queue of one at once with a workflow that has the slot, three of one key, and three without a key
        queue.limit(QueueOptions.unlimited().concurrency(1).partitioned());
        queue.work("worker");
        WorkflowHandle<String> first = queue.start("first");
        queue.stays().awaitBegun(1);
        List<WorkflowHandle<String>> ofAnn = IntStream.rangeClosed(1, 3)
                .mapToObj(n -> queue.start(of("ann", n)))
                .toList();
        List<WorkflowHandle<String>> ofNobody = queue.startAll("nobodys-", 3);
        // when there is room, then they take turns, each key's oldest first
        queue.letComplete(first);
        queue.letAllComplete(Stream.concat(ofAnn.stream(), ofNobody.stream()).toList());
        List<String> begun = queue.stays().begun().subList(1, 7);
        assertEquals(
                QueueScene.ids(ofAnn),
                begun.stream().filter(id -> id.startsWith("ann")).toList());
        assertEquals(
                QueueScene.ids(ofNobody),
                begun.stream().filter(id -> id.startsWith("nobodys")).toList());
        for (int n = 1; n < begun.size(); n++) {
            assertTrue(begun.get(n).startsWith("ann") != begun.get(n - 1).startsWith("ann"), begun::toString);
        }
    }

    @Test
    void shouldRefuseAKeyWhereThereAreNone() {
        StartRejectedException refused = assertThrows(StartRejectedException.class, () -> queue.start(of("ann", 1)));
        assertTrue(refused.reason().contains(scene.queue()), refused.reason());
        assertEquals(Optional.empty(), refused.holder());
    }
}
