package io.millrace.engine.topology;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/** A record that is meant for one partition of its topic: the one that its reader reads. */
record Addressed<T>(T value, @Nullable Integer partition) {
    /** Writes the record itself. */
    static <T> Serializer<Addressed<T>> serializer(Serializer<T> serializer) {
        return (topic, addressed) -> serializer.serialize(topic, addressed.value());
    }

    /** Chooses the address, or what the key says where there is none or it does not exist. */
    static <T> StreamPartitioner<String, Addressed<T>> partitioner() {
        return (topic, key, addressed, partitions) -> {
            Integer partition = addressed.partition();
            return partition == null || partition < 0 || partition >= partitions
                    ? Optional.empty()
                    : Optional.of(Set.of(partition));
        };
    }
}
