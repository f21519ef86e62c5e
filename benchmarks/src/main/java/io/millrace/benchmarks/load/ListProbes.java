package io.millrace.benchmarks.load;

import io.millrace.benchmarks.cluster.Target;
import io.millrace.benchmarks.feed.ProbeIds;
import io.millrace.benchmarks.feed.RunIds;
import io.millrace.benchmarks.figures.Latencies;
import io.millrace.benchmarks.load.mix.Variety;
import io.millrace.client.MillraceClient;
import io.millrace.client.QueueOptions;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowFailedException;
import io.millrace.client.WorkflowFilter;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.worker.ChildOptions;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkflowContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long the first page of a list over all workflows takes, for each condition and for some together; and a count. */
final class ListProbes implements AutoCloseable {
    private static final int TIMES = 100;
    private static final int FAILURES = 5;
    private static final int CHILDREN = 3;
    private static final String QUEUE = "load-lists";
    private static final String FAILS = "load.lists.fails";
    private static final String PARENT = "load.lists.parent";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MillraceClient client;
    private final Target target;
    private final RunIds ids;
    private final ProbeIds probeIds;

    ListProbes(Around around) {
        this.client = Serving.client(around.target(), PATIENCE);
        this.target = around.target();
        this.ids = around.ids();
        this.probeIds = around.probeIds();
    }

    /** The queues of the load. */
    void declareQueues() {
        Variety.queues().forEach(queue -> client.setQueue(queue, QueueOptions.unlimited()));
    }

    /** Lists and counts, with the whole load there. */
    List<Latencies> look() {
        List<Latencies> looked = new ArrayList<>();
        WorkflowFilter failed = WorkflowFilter.all().status(WorkflowStatus.FAILED);
        looked.add(list("status FAILED, of which there is none", failed));
        String parent = failAFewAndHaveChildren();
        looked.add(list("status FAILED, of which there are " + FAILURES, failed));
        filters(parent).forEach((what, filter) -> looked.add(list(what, filter)));
        looked.add(Latencies.of("count of all", TIMES, i -> client.count(WorkflowFilter.all())));
        looked.add(Latencies.of("count by attribute", TIMES, i -> client.count(byAttribute())));
        return looked;
    }

    private Map<String, WorkflowFilter> filters(String parent) {
        WorkflowFilter all = WorkflowFilter.all();
        Instant middle = client.describe(ids.workflow(0)).orElseThrow().createdAt();
        Instant newest = client.list(all.limit(1)).workflows().get(0).createdAt();
        middle = middle.plus(Duration.between(middle, newest).dividedBy(2));
        Map<String, WorkflowFilter> filters = new LinkedHashMap<>();
        filters.put("no filter", all);
        filters.put("no filter, oldest first", all.oldestFirst());
        filters.put("status DELAYED", all.status(WorkflowStatus.DELAYED));
        filters.put("name", all.type(Variety.type(3)));
        filters.put("name that nothing has", all.type("unheard-of"));
        filters.put("queue", all.queue(Variety.queue(1)));
        filters.put("idPrefix of one", all.idPrefix(ids.workflow(17)));
        filters.put("idPrefix of none", all.idPrefix("zzz"));
        filters.put("version", all.applicationVersion(Variety.version(2)));
        filters.put("attribute", byAttribute());
        filters.put("attribute that nothing has", all.attribute("customer", "unheard of"));
        filters.put("parent", all.parent(parent));
        filters.put("createdBefore in the middle", all.createdBefore(middle));
        filters.put(
                "name, queue, status, attribute",
                all.type(Variety.type(3))
                        .queue(Variety.queue(3))
                        .status(WorkflowStatus.ENQUEUED)
                        .attribute("customer", Variety.customer(3)));
        filters.put(
                "createdBefore in the middle, version, status that nothing has",
                all.createdBefore(middle).applicationVersion(Variety.version(2)).status(WorkflowStatus.TIMED_OUT));
        return filters;
    }

    private static WorkflowFilter byAttribute() {
        return WorkflowFilter.all().attribute("customer", Variety.customer(7));
    }

    private Latencies list(String what, WorkflowFilter filter) {
        return Latencies.of("first page: " + what, TIMES, i -> client.list(filter));
    }

    /** By a worker that is there only meanwhile. Returns the parent's id. */
    private String failAFewAndHaveChildren() {
        client.setQueue(QUEUE, QueueOptions.unlimited());
        try (Worker worker = Worker.builder(target.bootstrapServers())
                .namespace(target.namespace().name())
                .queue(QUEUE)
                .workflow(FAILS, Void.class, (ctx, none) -> {
                    throw new IllegalStateException("to be listed as FAILED");
                })
                .workflow(PARENT, Void.class, (ctx, none) -> haveChildren(ctx))
                .build()) {
            worker.start();
            for (int i = 0; i < FAILURES; i++) {
                mustFail(start(FAILS));
            }
            WorkflowHandle<Void> parent = start(PARENT);
            parent.result(PATIENCE);
            return parent.workflowId();
        }
    }

    private WorkflowHandle<Void> start(String type) {
        return client.start(
                type, null, Void.class, StartOptions.workflowId(probeIds.next()).queue(QUEUE));
    }

    private static void mustFail(WorkflowHandle<Void> failing) {
        try {
            failing.result(PATIENCE);
        } catch (WorkflowFailedException expected) {
            return;
        }
        throw new IllegalStateException(failing.workflowId() + " was to fail");
    }

    /** They wait for a worker that never comes. */
    private static @Nullable Void haveChildren(WorkflowContext ctx) {
        for (int i = 0; i < CHILDREN; i++) {
            ctx.child(
                    Variety.type(i),
                    null,
                    Void.class,
                    ChildOptions.DEFAULT.whenParentCloses(ParentClosePolicy.ABANDON));
        }
        return null;
    }

    @Override
    public void close() {
        client.close();
    }
}
