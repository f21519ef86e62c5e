package io.millrace.engine;

import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.event;
import static io.millrace.engine.testing.Samples.stepCompleted;

import io.millrace.engine.testing.Samples;
import io.millrace.schemas.Credit;
import io.millrace.schemas.Grant;
import io.millrace.schemas.Heartbeat;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkerHeartbeat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The least that a worker must do by docs/protocol.md, without threads: it works when it is told to. */
final class PlainWorker {
    private static final int FREE_IN_EACH_PARTITION = 5;

    private final String id;
    private final NamespaceClient client;
    private final List<Grant> grants = new ArrayList<>();
    private final Map<Integer, Long> grantsSeen = new HashMap<>();

    private PlainWorker(String id, NamespaceClient client) {
        this.id = id;
        this.client = client;
    }

    /** Announces itself with the longest lease, because nobody repeats its heartbeat, and offers credit everywhere. */
    static PlainWorker start(String id, NamespaceClient client) {
        PlainWorker worker = new PlainWorker(id, client);
        WorkerHeartbeat heartbeat = WorkerHeartbeat.newBuilder(Samples.heartbeat("demo"))
                .setLeaseMs(300_000)
                .build();
        client.send(Topic.WORKERS, id, new Heartbeat(0L, heartbeat, null));
        worker.offerCredit();
        return worker;
    }

    void offerCredit() {
        for (int partition = 0; partition < client.workflowPartitions(); partition++) {
            client.sendTo(Topic.EVENTS, partition, id, new WorkerEvent(id, 0L, List.of(), credit(partition), null));
        }
    }

    /** The grants that have come and were not taken yet. */
    List<Grant> grants() {
        for (var message : client.newRecords(Topic.INBOX, InboxMessage.class)) {
            Grant grant = message.value().getGrant();
            if (message.key().equals(id) && grant != null) {
                grantsSeen.merge(grant.getPartition(), grant.getNumber(), Math::max);
                grants.add(grant);
            }
        }
        return grants;
    }

    /** Runs whatever was granted: one step, and done. */
    void workOff() {
        for (Grant grant : List.copyOf(grants())) {
            int next = grant.getSteps().size() + 1;
            finish(grant, stepCompleted(next), completed(next));
        }
    }

    void report(Grant grant, WorkerFact... facts) {
        client.send(Topic.EVENTS, grant.getWorkflowId(), event(id, grant.getEpoch(), facts));
    }

    private void finish(Grant grant, WorkerFact... facts) {
        WorkerEvent event = event(id, grant.getEpoch(), facts);
        event.setCredit(credit(grant.getPartition()));
        client.send(Topic.EVENTS, grant.getWorkflowId(), event);
        grants.remove(grant);
    }

    private Credit credit(int partition) {
        return new Credit(grantsSeen.getOrDefault(partition, 0L), FREE_IN_EACH_PARTITION, false);
    }
}
