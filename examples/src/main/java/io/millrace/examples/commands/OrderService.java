package io.millrace.examples.commands;

import io.millrace.examples.Arguments;
import io.millrace.examples.RunId;
import io.millrace.schemas.Cancel;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Payload;
import io.millrace.schemas.Start;
import io.millrace.schemas.Topic;
import io.millrace.schemas.serde.MillraceAvroSerializer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * An event-driven service that has a Kafka producer and Millrace's records, and nothing else of Millrace: an order that is placed
 * starts a workflow, and one that is withdrawn cancels it.
 *
 * <p>The key of a command is the workflow's id. Its own id is made of the event: an event that is delivered twice is the same command twice,
 * which has one effect and the same answer.
 */
public final class OrderService {
    private static final String COMMANDS = Namespace.DEFAULT.topic(Topic.COMMANDS);

    private OrderService() {}

    /** Runs the example: three events, the last of which comes twice. */
    public static void main(String[] args) {
        String servers = Arguments.bootstrapServers(args);
        String order = RunId.of("order");
        OrderEvent withdrawn = new OrderEvent(order, OrderEvent.Kind.WITHDRAWN);
        List<OrderEvent> events = List.of(new OrderEvent(order, OrderEvent.Kind.PLACED), withdrawn, withdrawn);
        try (Replies replies = new Replies(servers);
                KafkaProducer<String, Command> producer = new KafkaProducer<>(Arguments.kafka(Map.of(
                        "bootstrap.servers",
                        servers,
                        "acks",
                        "all",
                        "key.serializer",
                        StringSerializer.class,
                        "value.serializer",
                        MillraceAvroSerializer.class)))) {
            for (OrderEvent event : events) {
                Command command = commandFor(event);
                producer.send(new ProducerRecord<>(COMMANDS, event.orderId(), command));
                producer.flush();
                System.out.println(event.kind() + ": " + inWords(replies.await(command.getCommandId())));
            }
        }
    }

    private static Command commandFor(OrderEvent event) {
        Command command = new Command();
        command.setCommandId(event.orderId() + "/" + event.kind());
        command.setIssuer("order-service");
        command.setReason("the order was " + event.kind());
        command.setIssuedAtMs(System.currentTimeMillis());
        command.setReplyPartition(Replies.PARTITION);
        // Exactly one of the bodies is set.
        switch (event.kind()) {
            case PLACED -> command.setStart(start(event.orderId()));
            case WITHDRAWN -> command.setCancel(new Cancel(true));
        }
        return command;
    }

    private static Start start(String orderId) {
        byte[] input = ("{\"orderId\": \"" + orderId + "\"}").getBytes(StandardCharsets.UTF_8);
        Start start = new Start();
        start.setWorkflowType("deliver an order");
        start.setInput(new Payload("json", ByteBuffer.wrap(input)));
        // The queue that is always there: any other one is declared first, by the workers that take from it.
        start.setQueue("default");
        start.setAttributes(Map.of("order", orderId));
        return start;
    }

    private static String inWords(CommandReply reply) {
        String reason = reply.getReason() == null ? "" : " (" + reply.getReason() + ")";
        return reply.getOutcome() + ", workflow " + reply.getWorkflowId() + " is " + reply.getStatus() + reason;
    }
}
