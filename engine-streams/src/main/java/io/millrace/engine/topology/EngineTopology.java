package io.millrace.engine.topology;

import io.millrace.engine.dispatch.Workers;
import io.millrace.engine.machine.WorkflowMachine;
import io.millrace.schemas.Answer;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.serde.RecordSerdes;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * Wires the engine: commands, events and queries in; one processor over one store; status, history, inbox, replies and answers out.
 * The three input topics have the same partitions and keys, so one task has all of a workflow.
 */
public final class EngineTopology {
    static final String STATUS_SINK = "status";
    static final String HISTORY_SINK = "history";
    static final String INBOX_SINK = "inbox";
    static final String REPLIES_SINK = "replies";
    static final String ANSWERS_SINK = "answers";

    private static final String PROCESSOR = "engine";

    private final Namespace namespace;
    private final RecordSerdes serdes;
    private final Topology topology = new Topology();

    private EngineTopology(Namespace namespace, RecordSerdes serdes) {
        this.namespace = namespace;
        this.serdes = serdes;
    }

    /**
     * The topology of one namespace.
     *
     * @param recoveryLimit how often a workflow may lose its worker
     * @param workers the workers as this engine instance knows them
     */
    public static Topology of(Namespace namespace, RecordSerdes serdes, int recoveryLimit, Workers workers) {
        return of(namespace, serdes, recoveryLimit, workers, EngineEnvironment.production());
    }

    /** As {@link #of(Namespace, RecordSerdes, int, Workers)}, over something else than a store on disk. */
    public static Topology of(
            Namespace namespace,
            RecordSerdes serdes,
            int recoveryLimit,
            Workers workers,
            EngineEnvironment environment) {
        return new EngineTopology(namespace, serdes).build(new WorkflowMachine(recoveryLimit), workers, environment);
    }

    private Topology build(WorkflowMachine machine, Workers workers, EngineEnvironment environment) {
        source(Topic.COMMANDS);
        source(Topic.EVENTS);
        source(Topic.QUERIES);
        InboundRecords inbound = new InboundRecords(namespace, serdes);
        topology.addProcessor(
                PROCESSOR,
                () -> new EngineProcessor(machine, workers, inbound, environment.tick()),
                Topic.COMMANDS.suffix(),
                Topic.EVENTS.suffix(),
                Topic.QUERIES.suffix());
        topology.addStateStore(environment.store(), PROCESSOR);
        sinks();
        return topology;
    }

    private void source(Topic topic) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                topic.suffix(),
                // Producers of other kinds may leave out the time, at which Kafka Streams stops by default; nothing
                // here
                // depends on it.
                (record, partitionTime) -> Math.max(0, record.timestamp()),
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                namespace.topic(topic));
    }

    private void sinks() {
        StringSerializer keys = new StringSerializer();
        topology.addSink(
                STATUS_SINK, namespace.topic(Topic.STATUS), keys, serdes.serializer(WorkflowState.class), PROCESSOR);
        topology.addSink(
                HISTORY_SINK, namespace.topic(Topic.HISTORY), keys, serdes.serializer(HistoryEntry.class), PROCESSOR);
        topology.addSink(
                INBOX_SINK, namespace.topic(Topic.INBOX), keys, serdes.serializer(InboxMessage.class), PROCESSOR);
        topology.addSink(
                REPLIES_SINK,
                namespace.topic(Topic.REPLIES),
                keys,
                Addressed.serializer(serdes.serializer(CommandReply.class)),
                Addressed.<CommandReply>partitioner(),
                PROCESSOR);
        topology.addSink(
                ANSWERS_SINK,
                namespace.topic(Topic.ANSWERS),
                keys,
                Addressed.serializer(serdes.serializer(Answer.class)),
                Addressed.<Answer>partitioner(),
                PROCESSOR);
    }
}
