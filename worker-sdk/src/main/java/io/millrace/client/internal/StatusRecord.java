package io.millrace.client.internal;

import io.millrace.client.StatusPosition;
import io.millrace.client.StatusSink;
import io.millrace.schemas.Payload;
import io.millrace.schemas.WorkflowState;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A record of the status topic, which is deserialized when the first one wants it, and once. Not thread-safe. */
final class StatusRecord {
    private static final Logger LOG = LoggerFactory.getLogger(StatusRecord.class);

    private final ConsumerRecord<byte[], byte[]> record;
    private final Deserializer<WorkflowState> reader;
    private final @Nullable String workflowId;
    private boolean isRead;
    private @Nullable WorkflowState state;
    private @Nullable WorkflowState withoutOutput;

    StatusRecord(ConsumerRecord<byte[], byte[]> record, Deserializer<WorkflowState> reader) {
        this.record = record;
        this.reader = reader;
        this.workflowId = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    }

    int partition() {
        return record.partition();
    }

    long offset() {
        return record.offset();
    }

    /** Its value's size. */
    int bytes() {
        return record.serializedValueSize();
    }

    /** Whose status it is; null where it is nobody's. */
    @Nullable
    String workflowId() {
        return workflowId;
    }

    /** The state; null where the workflow is no longer kept, or the record cannot be read. */
    @Nullable
    WorkflowState state() {
        if (!isRead) {
            isRead = true;
            state = read();
        }
        return state;
    }

    boolean isWantedBy(StatusSink sink) {
        if (workflowId == null || record.value() == null || !sink.mayWant(workflowId)) {
            return false;
        }
        WorkflowState read = state();
        return read != null && sink.wants(read);
    }

    /** The record for a sink that wants it; sinks share what is in it. */
    StatusSink.Entry entry(StatusPosition after) {
        WorkflowState read = state();
        if (read == null) {
            throw new IllegalStateException("there is no state in it");
        }
        Payload output = read.getOutput();
        if (withoutOutput == null) {
            withoutOutput = output == null
                    ? read
                    : WorkflowState.newBuilder(read).setOutput(null).build();
        }
        int outputBytes = output == null ? 0 : output.getData().remaining();
        return new StatusSink.Entry(withoutOutput, bytes() - outputBytes, after);
    }

    private @Nullable WorkflowState read() {
        if (record.value() == null) {
            return null;
        }
        try {
            return reader.deserialize(record.topic(), record.value());
        } catch (RuntimeException e) {
            LOG.warn(
                    "skipping a status that cannot be read, at {}-{} offset {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e);
            return null;
        }
    }
}
