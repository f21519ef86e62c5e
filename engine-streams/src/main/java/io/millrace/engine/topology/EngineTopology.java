package io.millrace.engine.topology;

import io.millrace.engine.dispatch.Workers;
import io.millrace.engine.machine.Retention;
import io.millrace.engine.machine.WorkflowMachine;
import io.millrace.schemas.Answer;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.serde.RecordSerdes;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * Wires the engine: commands, events, transfers and queries in; one processor over one store; status, history, deletions of commands, inbox, transfers, replies and answers out.
 * The input topics have the same partitions and keys, so one task has all of a workflow.
 */
public final class EngineTopology {
    static final String STATUS_SINK = "status";
    static final String HISTORY_SINK = "history";
    static final String COMMANDS_SINK = "commands-out";
    static final String INBOX_SINK = "inbox";
    static final String REPLIES_SINK = "replies";
    static final String ANSWERS_SINK = "answers";
    static final String TRANSFERS_SINK = "transfers-out";
    static final String QUEUES_SINK = "queues-out";

    private static final String PROCESSOR = "engine";

    private final Spec spec;
    private final RecordSerdes serdes;
    private final Topology topology = new Topology();

    private EngineTopology(Spec spec, RecordSerdes serdes) {
        this.spec = spec;
        this.serdes = serdes;
    }

    /**
     * What makes a namespace's engine.
     *
     * @param partitions how many partitions its workflow topics have
     * @param recoveryLimit how often a workflow may lose its worker
     * @param retention for how long closed workflows are kept whose start does not say
     */
    public record Spec(Namespace namespace, int partitions, int recoveryLimit, Retention retention) {}

    /**
     * The topology of one namespace.
     *
     * @param workers the workers as this engine instance knows them
     */
    public static Topology of(Spec spec, RecordSerdes serdes, Workers workers, EngineEnvironment environment) {
        return new EngineTopology(spec, serdes).build(workers, environment);
    }

    private Topology build(Workers workers, EngineEnvironment environment) {
        WorkflowMachine machine = new WorkflowMachine(spec.recoveryLimit(), spec.retention());
        source(Topic.COMMANDS);
        source(Topic.EVENTS);
        source(Topic.TRANSFERS);
        source(Topic.QUERIES);
        InboundRecords inbound = new InboundRecords(spec.namespace(), serdes);
        topology.addProcessor(
                PROCESSOR,
                () -> new EngineProcessor(machine, workers, inbound, spec, serdes, environment),
                Topic.COMMANDS.suffix(),
                Topic.EVENTS.suffix(),
                Topic.TRANSFERS.suffix(),
                Topic.QUERIES.suffix());
        topology.addStateStore(environment.store(), PROCESSOR);
        topology.addGlobalStore(
                QueueTable.store(),
                Topic.QUEUES.suffix(),
                Serdes.String().deserializer(),
                Serdes.ByteArray().deserializer(),
                spec.namespace().topic(Topic.QUEUES),
                QueueTable.UPDATER,
                QueueTable.Updater::new);
        sinks();
        return topology;
    }

    private void source(Topic topic) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                topic.suffix(),
                EngineTopology::timestampOf,
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                spec.namespace().topic(topic));
    }

    /**
     * The time that orders a record among those of its task. Producers of other kinds may leave it out, at which Kafka Streams stops by
     * default; and one whose clock is ahead must not hold up what comes behind its record.
     */
    private static long timestampOf(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, Math.min(record.timestamp(), System.currentTimeMillis()));
    }

    private void sinks() {
        StringSerializer keys = new StringSerializer();
        topology.addSink(
                STATUS_SINK,
                spec.namespace().topic(Topic.STATUS),
                keys,
                serdes.serializer(WorkflowState.class),
                PROCESSOR);
        topology.addSink(
                HISTORY_SINK,
                spec.namespace().topic(Topic.HISTORY),
                keys,
                serdes.serializer(HistoryEntry.class),
                PROCESSOR);
        topology.addSink(
                COMMANDS_SINK,
                spec.namespace().topic(Topic.COMMANDS),
                keys,
                serdes.serializer(Command.class),
                PROCESSOR);
        topology.addSink(
                INBOX_SINK,
                spec.namespace().topic(Topic.INBOX),
                keys,
                serdes.serializer(InboxMessage.class),
                PROCESSOR);
        topology.addSink(
                TRANSFERS_SINK,
                spec.namespace().topic(Topic.TRANSFERS),
                keys,
                serdes.serializer(Transfer.class),
                PROCESSOR);
        topology.addSink(
                QUEUES_SINK,
                spec.namespace().topic(Topic.QUEUES),
                keys,
                serdes.serializer(QueueSettings.class),
                PROCESSOR);
        topology.addSink(
                REPLIES_SINK,
                spec.namespace().topic(Topic.REPLIES),
                keys,
                Addressed.serializer(serdes.serializer(CommandReply.class)),
                Addressed.<CommandReply>partitioner(),
                PROCESSOR);
        topology.addSink(
                ANSWERS_SINK,
                spec.namespace().topic(Topic.ANSWERS),
                keys,
                Addressed.serializer(serdes.serializer(Answer.class)),
                Addressed.<Answer>partitioner(),
                PROCESSOR);
    }
}
