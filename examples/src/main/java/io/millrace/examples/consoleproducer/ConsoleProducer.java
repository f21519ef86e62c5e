package io.millrace.examples.consoleproducer;

import io.millrace.examples.Arguments;
import io.millrace.schemas.Command;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Topic;
import io.millrace.schemas.serde.MillraceAvroSerializer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends the commands on its standard input: one a line, the workflow's id, a {@code |}, and the command in Avro's JSON encoding. What
 * {@code kafka-avro-console-producer} does, for those who have no schema registry.
 */
public final class ConsoleProducer {
    private static final char SEPARATOR = '|';
    private static final String COMMANDS = Namespace.DEFAULT.topic(Topic.COMMANDS);

    private ConsoleProducer() {}

    /** Runs until the end of the input. */
    public static void main(String[] args) throws IOException {
        String servers = Arguments.bootstrapServers(args);
        try (KafkaProducer<String, Command> producer = new KafkaProducer<>(Arguments.kafka(Map.of(
                "bootstrap.servers",
                servers,
                "acks",
                "all",
                "key.serializer",
                StringSerializer.class,
                "value.serializer",
                MillraceAvroSerializer.class)))) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                send(producer, line);
            }
        }
    }

    private static void send(KafkaProducer<String, Command> producer, String line) throws IOException {
        int end = line.indexOf(SEPARATOR);
        if (end < 1) {
            throw new IllegalArgumentException("a line is a workflow id, a " + SEPARATOR + ", and a command: " + line);
        }
        String workflowId = line.substring(0, end);
        Command command = parse(line.substring(end + 1));
        producer.send(new ProducerRecord<>(COMMANDS, workflowId, command));
        producer.flush();
        System.out.println("sent command " + command.getCommandId() + " to workflow " + workflowId);
    }

    private static Command parse(String json) throws IOException {
        Schema schema = Command.getClassSchema();
        return new SpecificDatumReader<Command>(schema)
                .read(null, DecoderFactory.get().jsonDecoder(schema, json));
    }
}
