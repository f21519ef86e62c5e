package io.millrace.engine.topology;

import io.millrace.engine.dispatch.Workers;
import io.millrace.engine.machine.WorkflowMachine;
import io.millrace.engine.store.PartitionStores;
import io.millrace.schemas.Command;
import io.millrace.schemas.Query;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.serde.RecordSerdes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the records and the time of one partition to its {@link PartitionEngine}. */
final class EngineProcessor implements Processor<String, byte[], String, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(EngineProcessor.class);

    private final WorkflowMachine machine;
    private final Workers workers;
    private final InboundRecords inbound;
    private final EngineTopology.Spec spec;
    private final RecordSerdes serdes;
    private final EngineEnvironment environment;
    private final Map<String, Topic> inputs = new HashMap<>();
    private @Nullable ProcessorContext<String, Object> context;
    private @Nullable PartitionEngine engine;
    private @Nullable Cancellable ticks;

    EngineProcessor(
            WorkflowMachine machine,
            Workers workers,
            InboundRecords inbound,
            EngineTopology.Spec spec,
            RecordSerdes serdes,
            EngineEnvironment environment) {
        this.machine = machine;
        this.workers = workers;
        this.inbound = inbound;
        this.spec = spec;
        this.serdes = serdes;
        this.environment = environment;
        for (Topic topic : Topic.values()) {
            inputs.put(spec.namespace().topic(topic), topic);
        }
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        PartitionStores stores = read(processorContext.getStateStore(PartitionStores.NAME), processorContext.taskId());
        CommitPacer pacer = new CommitPacer(processorContext::commit, environment.commitInterval());
        PartitionEngine partition = new PartitionEngine(
                machine,
                new PartitionEngine.Surroundings(
                        workers,
                        new QueueTable(processorContext.getStateStore(QueueTable.NAME), spec.namespace(), serdes),
                        new Outbound(processorContext, environment.observer(), pacer),
                        pacer,
                        new Partition(processorContext.taskId().partition(), spec.partitions()),
                        environment.timersPerTick()),
                stores);
        partition.restoreGrants(processorContext.currentSystemTimeMs());
        ticks = processorContext.schedule(environment.tick(), PunctuationType.WALL_CLOCK_TIME, partition::tick);
        context = processorContext;
        engine = partition;
    }

    /** Lets go of the partition: Streams may begin anew with this same processor, and two tables of all workflows need not fit into memory. */
    @Override
    public void close() {
        if (ticks != null) {
            ticks.cancel();
        }
        ticks = null;
        engine = null;
        context = null;
    }

    /** Takes seconds where there are many workflows: who wonders why the engine is not back yet finds it in the log. */
    private static PartitionStores read(KeyValueStore<Bytes, byte[]> store, TaskId task) {
        long began = System.nanoTime();
        PartitionStores stores = new PartitionStores(store);
        LOG.info(
                "partition {}: read {} workflows in {} ms",
                task.partition(),
                stores.listing().size(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        return stores;
    }

    @Override
    public void process(Record<String, byte[]> record) {
        ProcessorContext<String, Object> processorContext = Objects.requireNonNull(context);
        String topic = processorContext.recordMetadata().orElseThrow().topic();
        Topic input = Objects.requireNonNull(inputs.get(topic), topic);
        long now = processorContext.currentSystemTimeMs();
        try {
            take(topic, record, now);
        } catch (UnusableRecordException e) {
            environment.observer().deadLettered(input);
            throw e;
        }
        // Queries carry no time of their own, and what only deletes a key of a compacted topic is no input.
        if (record.timestamp() > 0 && record.value() != null) {
            environment.observer().recordTaken(input, Math.max(0, now - record.timestamp()));
        }
    }

    private void take(String topic, Record<String, byte[]> record, long now) {
        PartitionEngine partition = Objects.requireNonNull(engine);
        if (record.key() == null) {
            throw new UnusableRecordException("the record has no key");
        }
        Object input = inbound.read(topic, record.value());
        var arrival = new PartitionEngine.Arrival(record.timestamp(), now);
        if (input instanceof WorkerEvent event) {
            partition.onEvent(record.key(), event, arrival);
        } else if (input instanceof Command command) {
            partition.onCommand(record.key(), command, arrival);
        } else if (input instanceof Transfer transfer) {
            partition.onTransfer(record.key(), transfer, arrival);
        } else if (input instanceof Query query) {
            partition.onQuery(query, arrival);
        }
        // A record without a value deletes its key on a compacted topic; there is nothing to do.
    }
}
