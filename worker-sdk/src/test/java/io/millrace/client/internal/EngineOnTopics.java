package io.millrace.client.internal;

import io.millrace.schemas.Answer;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.KeyPartition;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Query;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowAnswer;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.WorkflowsAnswer;
import io.millrace.schemas.serde.RecordSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** Plays the engine on real topics: keeps workflows in a map, answers in transactions, and ends workflows when told to. */
final class EngineOnTopics implements AutoCloseable {
    static final int PARTITIONS = 3;
    private static final int READER_PARTITIONS = 2;

    private final Namespace namespace;
    private final RecordSerdes serdes = RecordSerdes.from(Map.of());
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final Map<String, WorkflowState> workflows = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::run, "test-engine");
    private volatile boolean stopping;

    final List<ConsumerRecord<String, byte[]>> queries = new CopyOnWriteArrayList<>();

    /** How many queries it reads and does not answer, as an engine that stops does. */
    volatile int queriesToLose;

    /** Whether it ends each workflow in the transaction that answers its start. */
    volatile boolean endsAtOnce;

    EngineOnTopics(String bootstrapServers, Namespace namespace) throws Exception {
        this.namespace = namespace;
        createTopics(bootstrapServers);
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "transactional.id", namespace.name()),
                new StringSerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        List<TopicPartition> read = new ArrayList<>();
        for (Topic topic : List.of(Topic.COMMANDS, Topic.QUERIES)) {
            IntStream.range(0, PARTITIONS).forEach(p -> read.add(new TopicPartition(namespace.topic(topic), p)));
        }
        consumer.assign(read);
        consumer.seekToBeginning(read);
        thread.start();
    }

    private void createTopics(String bootstrapServers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            List<NewTopic> topics = new ArrayList<>();
            for (Topic topic : List.of(Topic.COMMANDS, Topic.QUERIES, Topic.STATUS)) {
                topics.add(new NewTopic(namespace.topic(topic), PARTITIONS, (short) 1));
            }
            for (Topic topic : List.of(Topic.REPLIES, Topic.ANSWERS)) {
                topics.add(new NewTopic(namespace.topic(topic), READER_PARTITIONS, (short) 1));
            }
            admin.createTopics(topics).all().get();
        }
    }

    private void run() {
        while (!stopping) {
            var records = consumer.poll(Duration.ofMillis(50));
            if (!records.isEmpty()) {
                inTransaction(() -> records.forEach(this::handle));
            }
        }
        consumer.close();
    }

    private synchronized void inTransaction(Runnable work) {
        producer.beginTransaction();
        work.run();
        producer.commitTransaction();
    }

    private void handle(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(namespace.topic(Topic.COMMANDS))) {
            Command command = serdes.deserializer(Command.class).deserialize(record.topic(), record.value());
            if (command.getStart() == null) {
                control(record.key(), command);
            } else {
                start(record.key(), command);
            }
        } else {
            queries.add(record);
            if (queriesToLose > 0) {
                queriesToLose--;
            } else {
                answer(
                        record.partition(),
                        serdes.deserializer(Query.class).deserialize(record.topic(), record.value()));
            }
        }
    }

    private void start(String workflowId, Command command) {
        WorkflowState made = WorkflowState.newBuilder()
                .setWorkflowId(workflowId)
                .setWorkflowType(command.getStart().getWorkflowType())
                .setStatus(endsAtOnce ? WorkflowStatus.COMPLETED : WorkflowStatus.ENQUEUED)
                .setQueue(command.getStart().getQueue())
                .setOutput(command.getStart().getInput())
                .setCreatedAtMs(command.getIssuedAtMs())
                .setUpdatedAtMs(command.getIssuedAtMs())
                .build();
        WorkflowState first = workflows.putIfAbsent(workflowId, made);
        if (first == null) {
            publish(made);
        }
        reply(command, made, first != null);
    }

    /** Cancels at once, and resumes whatever is there. */
    private void control(String workflowId, Command command) {
        WorkflowState state = workflows.get(workflowId);
        if (command.getCancel() != null) {
            state.setStatus(WorkflowStatus.CANCELLED);
        } else {
            state.setStatus(WorkflowStatus.ENQUEUED);
            state.setRun(state.getRun() + 1);
        }
        publish(state);
        reply(command, state, false);
    }

    private void reply(Command command, WorkflowState state, boolean existing) {
        CommandReply reply = CommandReply.newBuilder()
                .setCommandId(command.getCommandId())
                .setWorkflowId(state.getWorkflowId())
                .setOutcome(CommandOutcome.ACCEPTED)
                .setExisting(existing)
                .setStatus(state.getStatus())
                .setWorkflowType(state.getWorkflowType())
                .setAtMs(0)
                .build();
        send(Topic.REPLIES, command.getReplyPartition(), command.getCommandId(), CommandReply.class, reply);
    }

    private void answer(int partition, Query query) {
        Answer answer = Answer.newBuilder()
                .setQueryId(query.getQueryId())
                .setPartition(partition)
                .build();
        if (query.getGetWorkflow() != null) {
            answer.setWorkflow(
                    new WorkflowAnswer(workflows.get(query.getGetWorkflow().getWorkflowId()), null));
        } else {
            List<WorkflowState> here = workflows.values().stream()
                    .filter(state -> KeyPartition.of(state.getWorkflowId(), PARTITIONS) == partition)
                    .sorted((a, b) -> Long.compare(b.getCreatedAtMs(), a.getCreatedAtMs()))
                    .toList();
            answer.setWorkflows(new WorkflowsAnswer(here, null));
        }
        send(Topic.ANSWERS, query.getAnswerPartition(), query.getQueryId(), Answer.class, answer);
    }

    /** Ends a workflow, and returns when that is committed. */
    void end(String workflowId, WorkflowStatus status) {
        inTransaction(() -> {
            WorkflowState state = workflows.get(workflowId);
            state.setStatus(status);
            publish(state);
        });
    }

    private void publish(WorkflowState state) {
        send(
                Topic.STATUS,
                KeyPartition.of(state.getWorkflowId(), PARTITIONS),
                state.getWorkflowId(),
                WorkflowState.class,
                state);
    }

    private <T extends SpecificRecord> void send(Topic topic, int partition, String key, Class<T> type, T value) {
        String name = namespace.topic(topic);
        producer.send(new ProducerRecord<>(
                name, partition, key, serdes.serializer(type).serialize(name, value)));
    }

    @Override
    public void close() {
        stopping = true;
        Awaitility.await().until(() -> !thread.isAlive());
        producer.close();
    }
}
