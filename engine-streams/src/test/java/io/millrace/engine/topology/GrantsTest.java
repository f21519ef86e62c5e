package io.millrace.engine.topology;

import static io.millrace.engine.testing.Samples.workflowStarted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.machine.Journal;
import io.millrace.engine.testing.Samples;
import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.Failure;
import io.millrace.schemas.Grant;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Payload;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepAttemptFailed;
import io.millrace.schemas.StepCompleted;
import io.millrace.schemas.TraceContext;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.store.StoredWorkflow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class GrantsTest {
    /** What Kafka adds to a record of ours: headers of batch and record, and the key. */
    private static final int KAFKA_FRAME_BYTES = 1_000;

    /** Three bytes in UTF-8, for one Java character. */
    private static final String WIDE = "\u4e16";

    private static final Payload LARGEST =
            new Payload(WIDE.repeat(Limits.MAX_NAME_CHARS), ByteBuffer.allocate(Limits.MAX_PAYLOAD_BYTES));

    private final Serializer<InboxMessage> serializer =
            RecordSerdes.from(Map.of()).serializer(InboxMessage.class);

    static {
        Samples.ready();
    }

    @Test
    void shouldPutAShortHistoryInOnePart() {
        Journal journal = journal(Samples.demo(), stepCompleted(1, Samples.json("1")));
        List<Grant> parts = Grants.parts(workflow(Map.of()), journal, 3);
        assertEquals(1, parts.size());
        assertEquals(
                List.of(1, 1, 3),
                List.of(
                        parts.get(0).getPart(),
                        parts.get(0).getParts(),
                        parts.get(0).getPartition()));
        assertEquals(Samples.demo().getInput(), parts.get(0).getInput());
    }

    @Test
    void shouldFitEveryPartIntoARecordAlsoTheWorst() {
        Start start = Samples.demo();
        start.setInput(LARGEST);
        start.setTrace(longestTrace());
        start.setLinkedTrace(longestTrace());
        List<HistoryFact> facts = new ArrayList<>();
        for (int value = 0; value < 2_000; value++) {
            facts.add(value(value));
        }
        for (int seq = 1; seq <= 6; seq += 2) {
            facts.add(attemptFailed(seq));
            facts.add(stepCompleted(seq, LARGEST));
            facts.add(attemptFailed(seq + 1));
        }
        Map<String, String> attributes = Map.of("k", WIDE.repeat(Limits.MAX_ATTRIBUTES_CHARS - 1));
        assertComplete(start, attributes, facts);
    }

    @Test
    void shouldFitManySmallSteps() {
        List<HistoryFact> facts = new ArrayList<>();
        for (int seq = 1; seq <= 20_000; seq++) {
            facts.add(stepCompleted(seq, new Payload("json", ByteBuffer.allocate(0))));
        }
        assertComplete(Samples.demo(), Map.of(), facts);
    }

    @Test
    void shouldFitWhateverTheHistory() {
        Seeded.forEach(60, chance -> {
            Start start = Samples.demo();
            start.setInput(chance.percent(50) ? Samples.bytes(chance.below(Limits.MAX_PAYLOAD_BYTES + 1)) : null);
            List<HistoryFact> facts = new ArrayList<>();
            for (int seq = 1; seq <= 20; seq++) {
                if (chance.percent(30)) {
                    facts.add(attemptFailed(seq));
                }
                int size = chance.percent(20) ? Limits.MAX_PAYLOAD_BYTES : chance.below(100_000);
                facts.add(stepCompleted(seq, Samples.bytes(size)));
                facts.add(value(seq));
            }
            assertComplete(start, Map.of(), facts);
        });
    }

    private void assertComplete(Start start, Map<String, String> attributes, List<HistoryFact> facts) {
        Journal journal = journal(start, facts.toArray(HistoryFact[]::new));
        List<Grant> parts = Grants.parts(workflow(attributes), journal, 0);
        List<RecordedStep> steps = new ArrayList<>();
        List<RecordedValue> values = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Grant part = parts.get(i);
            assertEquals(List.of(i + 1, parts.size()), List.of(part.getPart(), part.getParts()));
            assertEquals(i == 0 ? start.getInput() : null, part.getInput());
            assertEquals(i == 0 ? start.getTrace() : null, part.getTrace());
            assertEquals(i == 0 ? start.getLinkedTrace() : null, part.getLinkedTrace());
            steps.addAll(part.getSteps());
            values.addAll(part.getValues());
            InboxMessage message = new InboxMessage();
            message.setGrant(part);
            int bytes = serializer.serialize("inbox", message).length;
            assertTrue(bytes <= Limits.MAX_RECORD_BYTES - KAFKA_FRAME_BYTES, "a part has " + bytes + " bytes");
        }
        assertEquals(journal.steps(), steps);
        assertEquals(journal.values(), values);
    }

    private static TraceContext longestTrace() {
        return new TraceContext(WIDE.repeat(Limits.MAX_TRACE_PARENT_CHARS), WIDE.repeat(Limits.MAX_TRACE_STATE_CHARS));
    }

    private static StoredWorkflow workflow(Map<String, String> attributes) {
        String name = WIDE.repeat(Limits.MAX_NAME_CHARS);
        return StoredWorkflow.newBuilder()
                .setStartCommandId("c")
                .setGrantNumber(7)
                .setState(WorkflowState.newBuilder()
                        .setWorkflowId(name)
                        .setWorkflowType(name)
                        .setQueue(name)
                        .setApplicationVersion(name)
                        .setStatus(WorkflowStatus.RUNNING)
                        .setAttributes(attributes)
                        .setCreatedAtMs(Long.MAX_VALUE)
                        .setUpdatedAtMs(0)
                        .build())
                .build();
    }

    private static Journal journal(Start start, HistoryFact... facts) {
        HistoryFact started = new HistoryFact();
        started.setWorkflowStarted(workflowStarted("c", start, 1L));
        Journal journal = new Journal();
        journal.add(new HistoryEntry(1L, 1L, List.of(started)));
        journal.add(new HistoryEntry(2L, 2L, List.of(facts)));
        return journal;
    }

    private static HistoryFact stepCompleted(int seq, Payload output) {
        HistoryFact fact = new HistoryFact();
        fact.setStepCompleted(
                new StepCompleted(seq, WIDE.repeat(Limits.MAX_NAME_CHARS), output, null, 1, Long.MAX_VALUE, 2L));
        return fact;
    }

    private static HistoryFact attemptFailed(int seq) {
        String message = WIDE.repeat(Limits.MAX_FAILURE_MESSAGE_CHARS);
        HistoryFact fact = new HistoryFact();
        fact.setStepAttemptFailed(new StepAttemptFailed(
                seq,
                WIDE.repeat(Limits.MAX_NAME_CHARS),
                new Failure(message, message, WIDE.repeat(Limits.MAX_STACK_TRACE_CHARS)),
                1,
                1L,
                2L,
                3L));
        return fact;
    }

    private static HistoryFact value(int ordinal) {
        HistoryFact fact = new HistoryFact();
        String text = WIDE.repeat(Limits.MAX_NAME_CHARS);
        fact.setValueRecorded(new RecordedValue(0, ordinal, text, text));
        return fact;
    }
}
