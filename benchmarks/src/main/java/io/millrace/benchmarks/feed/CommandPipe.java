package io.millrace.benchmarks.feed;

import io.millrace.benchmarks.cluster.ReaderThread;
import io.millrace.benchmarks.cluster.Target;
import io.millrace.benchmarks.figures.Tally;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.KeyPartition;
import io.millrace.schemas.Start;
import io.millrace.schemas.Topic;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Commands straight onto the topic, and the engine's answers, once they are committed, off one partition of the replies. The answers to
 * the load are counted; all others are handed to whoever asked.
 */
public final class CommandPipe implements AutoCloseable {
    private static final String ISSUER = "millrace load";

    private final Target target;
    private final RunIds ids;
    private final Tally accepted;
    private final int replyPartition;
    private final KafkaProducer<String, Command> producer;
    private final Deserializer<CommandReply> replies;
    private final Map<String, CompletableFuture<CommandReply>> waiting = new ConcurrentHashMap<>();
    private final ReaderThread reader;
    private volatile @Nullable String failure;

    /**
     * Opens it.
     *
     * @param accepted where the accepted starts of the load are counted
     */
    public CommandPipe(Target target, RunIds ids, Tally accepted) {
        this.target = target;
        this.ids = ids;
        this.accepted = accepted;
        this.producer = target.producer(Command.class);
        this.replies = target.deserializer(CommandReply.class);
        int partitions = producer.partitionsFor(target.topic(Topic.REPLIES)).size();
        this.replyPartition = KeyPartition.of(ids.run(), partitions);
        KafkaConsumer<String, byte[]> consumer = target.readerFromEnd(Topic.REPLIES, replyPartition);
        this.reader = new ReaderThread("the reader of replies", consumer, this::read);
    }

    /** Starts a workflow of the load. Its command has the id of the workflow. */
    public void startOfLoad(int index, Start start) {
        String workflowId = ids.workflow(index);
        send(workflowId, command(workflowId, start));
    }

    /** Starts another one. */
    public CompletableFuture<CommandReply> start(String workflowId, Start start) {
        return request(workflowId, command(workflowId, start));
    }

    /** Sends a command that {@link #blank} has made. */
    public CompletableFuture<CommandReply> request(String key, Command command) {
        CompletableFuture<CommandReply> reply = new CompletableFuture<>();
        waiting.put(command.getCommandId(), reply);
        send(key, command);
        return reply;
    }

    /** A command without a body. */
    public Command blank(String commandId) {
        Command command = new Command();
        command.setCommandId(commandId);
        command.setIssuer(ISSUER);
        command.setIssuedAtMs(System.currentTimeMillis());
        command.setReplyPartition(replyPartition);
        return command;
    }

    /** How many starts of the load the engine has accepted. */
    public long accepted() {
        return accepted.count();
    }

    /** Throws if a start of the load was refused, or one did not get through. */
    public void requireAlive() {
        reader.requireAlive();
        String reason = failure;
        if (reason != null) {
            throw new IllegalStateException(reason);
        }
    }

    private Command command(String workflowId, Start start) {
        Command command = blank(workflowId);
        command.setStart(start);
        return command;
    }

    private void send(String key, Command command) {
        producer.send(new ProducerRecord<>(target.topic(Topic.COMMANDS), key, command), (sent, error) -> {
            if (error != null) {
                failure = "Kafka did not take a command: " + error.getMessage();
            }
        });
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        OptionalInt index = ids.indexOf(record.key());
        if (index.isEmpty() && !waiting.containsKey(record.key())) {
            return;
        }
        CommandReply reply = replies.deserialize(record.topic(), record.value());
        CompletableFuture<CommandReply> asked = waiting.remove(record.key());
        if (asked != null) {
            asked.complete(reply);
        } else if (reply.getOutcome() == CommandOutcome.ACCEPTED) {
            accepted.add(System.nanoTime());
        } else {
            failure = "the engine refused to start " + reply.getWorkflowId() + ": " + reply.getReason();
        }
    }

    @Override
    public void close() {
        producer.close();
        reader.close();
    }
}
