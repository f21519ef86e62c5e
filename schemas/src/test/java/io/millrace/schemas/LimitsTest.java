package io.millrace.schemas;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.serde.MillraceAvroSerializer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Whatever keeps to the limits fits a record, in the worst case: texts of characters that take three bytes each. */
class LimitsTest {
    /** What Kafka adds to a value: the frame of a batch and of a record (under 100 bytes), and the largest key. */
    private static final int FRAME_BYTES = 100 + 3 * Limits.MAX_ID_CHARS;

    /** A producer's {@code max.request.size} by default, a little less than what a broker takes. */
    private static final int MAX_REQUEST_BYTES = 1_048_576;

    private final Payload payload = Payload.newBuilder()
            .setData(ByteBuffer.allocate(Limits.MAX_PAYLOAD_BYTES))
            .build();
    private final Failure failure = new Failure(
            text(Limits.MAX_NAME_CHARS), text(Limits.MAX_FAILURE_MESSAGE_CHARS), text(Limits.MAX_STACK_TRACE_CHARS));

    private static String text(int chars) {
        return "\u2026".repeat(chars);
    }

    private static int size(SpecificRecord record) {
        return new MillraceAvroSerializer().serialize("t", record).length;
    }

    private static void assertFits(SpecificRecord record) {
        int size = size(record) + FRAME_BYTES;
        assertTrue(size <= MAX_REQUEST_BYTES, record.getSchema().getName() + " takes " + size + " bytes");
    }

    private Start start() {
        return Start.newBuilder()
                .setWorkflowType(text(Limits.MAX_NAME_CHARS))
                .setInput(payload)
                .setQueue(text(Limits.MAX_NAME_CHARS))
                .setApplicationVersion(text(Limits.MAX_NAME_CHARS))
                .setAttributes(Map.of(text(Limits.MAX_ATTRIBUTES_CHARS / 2), text(Limits.MAX_ATTRIBUTES_CHARS / 2)))
                .build();
    }

    private StepCompleted stepCompleted() {
        return StepCompleted.newBuilder()
                .setSeq(Limits.MAX_STEPS)
                .setName(text(Limits.MAX_NAME_CHARS))
                .setOutput(payload)
                .setStartedAtMs(Long.MAX_VALUE)
                .setCompletedAtMs(Long.MAX_VALUE)
                .build();
    }

    @Test
    void shouldAllowNoRecordThatABrokerWouldRefuse() {
        assertTrue(MAX_REQUEST_BYTES <= Limits.MAX_RECORD_BYTES);
    }

    @Test
    void shouldLeaveRoomForTheFrameOfACommand() {
        assertFits(Command.newBuilder()
                .setCommandId(text(Limits.MAX_ID_CHARS))
                .setIssuer(text(Limits.MAX_NAME_CHARS))
                .setReason(text(Limits.MAX_REASON_CHARS))
                .setIssuedAtMs(Long.MAX_VALUE)
                .setReplyPartition(Integer.MAX_VALUE)
                .setStart(start())
                .build());
    }

    @Test
    void shouldLeaveRoomForTwoPayloadsInAnEventAndInItsHistory() {
        EagerlyStarted started = new EagerlyStarted(text(Limits.MAX_ID_CHARS), text(Limits.MAX_NAME_CHARS), start());
        assertFits(WorkerEvent.newBuilder()
                .setWorkerId(text(Limits.MAX_ID_CHARS))
                .setEpoch(Long.MAX_VALUE)
                .setFacts(List.of(
                        WorkerFact.newBuilder().setEagerlyStarted(started).build(),
                        WorkerFact.newBuilder()
                                .setStepCompleted(stepCompleted())
                                .build()))
                .setCredit(new Credit(Long.MAX_VALUE, Integer.MAX_VALUE, true))
                .build());

        WorkflowStarted workflowStarted = WorkflowStarted.newBuilder()
                .setCommandId(started.getCommandId())
                .setIssuer(started.getIssuer())
                .setReason(text(Limits.MAX_REASON_CHARS))
                .setStart(start())
                .setQueueOrder(Long.MAX_VALUE)
                .build();
        assertFits(HistoryEntry.newBuilder()
                .setNumber(Long.MAX_VALUE)
                .setAtMs(Long.MAX_VALUE)
                .setFacts(List.of(
                        HistoryFact.newBuilder()
                                .setWorkflowStarted(workflowStarted)
                                .build(),
                        HistoryFact.newBuilder()
                                .setStepCompleted(stepCompleted())
                                .build()))
                .build());
    }

    @Test
    void shouldLeaveRoomForInputAndOutputInAnAnswer() {
        WorkflowState state = WorkflowState.newBuilder()
                .setWorkflowId(text(Limits.MAX_ID_CHARS))
                .setWorkflowType(text(Limits.MAX_NAME_CHARS))
                .setStatus(WorkflowStatus.COMPLETED)
                .setQueue(text(Limits.MAX_NAME_CHARS))
                .setAttributes(start().getAttributes())
                .setCreatedAtMs(Long.MAX_VALUE)
                .setUpdatedAtMs(Long.MAX_VALUE)
                .setWorkerId(text(Limits.MAX_ID_CHARS))
                .setOutput(payload)
                .build();
        assertFits(state);
        assertFits(Answer.newBuilder()
                .setQueryId(text(Limits.MAX_ID_CHARS))
                .setPartition(Integer.MAX_VALUE)
                .setWorkflow(new WorkflowAnswer(state, payload))
                .build());
    }

    @Test
    void shouldLeaveRoomForOneMoreStepInAPartOfAGrantThatIsNotYetFull() {
        RecordedStep largest = RecordedStep.newBuilder()
                .setSeq(Limits.MAX_STEPS)
                .setName(text(Limits.MAX_NAME_CHARS))
                .setKind(StepKind.STEP)
                .setStatus(StepStatus.COMPLETED)
                .setOutput(payload)
                .setFailure(failure)
                .setAttempts(Integer.MAX_VALUE)
                .setStartedAtMs(Long.MAX_VALUE)
                .setCompletedAtMs(Long.MAX_VALUE)
                .build();

        assertTrue(Limits.GRANT_PART_BYTES + size(largest) + FRAME_BYTES <= MAX_REQUEST_BYTES);
    }
}
