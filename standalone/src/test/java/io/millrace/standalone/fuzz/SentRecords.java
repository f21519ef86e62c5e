package io.millrace.standalone.fuzz;

import io.millrace.schemas.Command;
import io.millrace.schemas.Query;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.serde.RecordSerdes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** What was put on the engine's input topics, by its place, and what is bound to become of it. Thread-safe. */
final class SentRecords {
    /**
     * One record.
     *
     * @param number which input it was
     * @param unusable whether it is bound to be a dead letter: nobody could read it
     * @param commandId of a command that can be read: it is answered, or a dead letter
     */
    record Sent(long number, boolean unusable, @Nullable String commandId) {}

    /** Where a record is. */
    record Place(Topic topic, int partition, long offset) {}

    private static final Map<Topic, Deserializer<?>> READERS = new EnumMap<>(Map.of(
            Topic.COMMANDS, RecordSerdes.from(Map.of()).deserializer(Command.class),
            Topic.EVENTS, RecordSerdes.from(Map.of()).deserializer(WorkerEvent.class),
            Topic.TRANSFERS, RecordSerdes.from(Map.of()).deserializer(Transfer.class),
            Topic.QUERIES, RecordSerdes.from(Map.of()).deserializer(Query.class)));

    private final Map<Place, Sent> sent = new HashMap<>();

    /** Notes it if the engine reads its topic as input. */
    synchronized void add(HostileRecord record, int partition, long offset) {
        if (READERS.containsKey(record.topic())) {
            sent.put(new Place(record.topic(), partition, offset), fateOf(record));
        }
    }

    private static Sent fateOf(HostileRecord record) {
        Object read;
        try {
            read = record.value() == null
                    ? null
                    : READERS.get(record.topic()).deserialize(record.topic().suffix(), record.value());
        } catch (SerializationException e) {
            return new Sent(record.number(), true, null);
        }
        boolean command = read instanceof Command && record.key() != null;
        return new Sent(record.number(), record.key() == null, command ? ((Command) read).getCommandId() : null);
    }

    @Nullable
    synchronized Sent at(Place place) {
        return sent.get(place);
    }

    synchronized int count() {
        return sent.size();
    }

    /** What is wrong with what became of them, in words; empty if nothing is. */
    synchronized List<String> objections(Outcomes outcomes) {
        Map<Place, String> letters = outcomes.letters();
        List<String> objections = new ArrayList<>();
        letters.forEach((place, reason) -> {
            if (!sent.containsKey(place) && !outcomes.ofHostileWorkflows().contains(place)) {
                objections.add("a record that was no bad input is a dead letter: " + place + ": " + reason);
            }
        });
        Map<String, Integer> expected = new HashMap<>();
        sent.forEach((place, record) -> {
            boolean dead = letters.containsKey(place);
            if (record.unusable() && !dead) {
                objections.add("input " + record.number() + " at " + place + " is no dead letter");
            }
            if (record.commandId() != null) {
                expected.merge(record.commandId(), dead ? 0 : 1, Integer::sum);
            }
        });
        expected.forEach((commandId, times) -> {
            int answered = outcomes.answers().getOrDefault(commandId, 0);
            if (answered != times) {
                objections.add("command " + commandId + " was given " + times + " times and answered " + answered);
            }
        });
        return objections;
    }
}
