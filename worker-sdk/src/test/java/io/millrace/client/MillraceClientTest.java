package io.millrace.client;

import static io.millrace.client.InMemoryEngine.state;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.payload.PayloadException;
import io.millrace.payload.TypeRef;
import io.millrace.schemas.Command;
import io.millrace.schemas.DeduplicationPolicy;
import io.millrace.schemas.Failure;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Payload;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MillraceClientTest {
    record Order(String item, int count) {}

    record Receipt(String number) {}

    private final InMemoryEngine engine = new InMemoryEngine();
    private final MillraceClient client =
            MillraceClient.builder().issuer("tests").over(engine);

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void shouldActForSomebodyElseInAllThatComesFromTheirClient() {
        MillraceClient alices = client.actingFor("alice");
        alices.start("checkout", null, Receipt.class, StartOptions.workflowId("w"));
        alices.workflow("w", Receipt.class).cancel();
        alices.bulk(List.of("w")).terminate(StopOptions.none());
        assertThrows(QueueRejectedException.class, () -> alices.setQueue("q", QueueOptions.unlimited()));
        client.workflow("w", Receipt.class).cancel();

        assertEquals(
                List.of("alice", "alice", "alice", "alice", "tests"),
                engine.commands.stream().map(Command::getIssuer).toList());
        assertThrows(IllegalArgumentException.class, () -> client.actingFor(" "));
        assertThrows(LimitExceededException.class, () -> client.actingFor("x".repeat(Limits.MAX_NAME_CHARS + 1)));
    }

    @Test
    void shouldSendEverythingThatAStartCanCarry() {
        StartOptions options = StartOptions.workflowId("order-17")
                .queue("shop")
                .timeout(Duration.ofMinutes(5))
                .delay(Duration.ofSeconds(3))
                .attribute("customer", "17")
                .attribute("country", "at")
                .applicationVersion("1.4")
                .priority(7)
                .deduplicationId("cart-1", DeduplicationPolicy.RETURN_EXISTING)
                .partitionKey("tenant-1")
                .retention(Duration.ofDays(7))
                .reason("because");

        WorkflowHandle<Receipt> handle = client.start("checkout", new Order("tea", 2), Receipt.class, options);

        assertEquals("order-17", handle.workflowId());
        assertFalse(handle.existing());
        assertEquals("tests", engine.commands.get(0).getIssuer());
        assertEquals("because", engine.commands.get(0).getReason());
        assertEquals(
                Start.newBuilder()
                        .setWorkflowType("checkout")
                        .setInput(json("{\"item\":\"tea\",\"count\":2}"))
                        .setQueue("shop")
                        .setTimeoutMs(300_000L)
                        .setDelayMs(3_000L)
                        .setAttributes(Map.of("customer", "17", "country", "at"))
                        .setApplicationVersion("1.4")
                        .setPriority(7)
                        .setDeduplicationId("cart-1")
                        .setDeduplicationPolicy(DeduplicationPolicy.RETURN_EXISTING)
                        .setPartitionKey("tenant-1")
                        .setRetentionMs(Duration.ofDays(7).toMillis())
                        .build(),
                engine.commands.get(0).getStart());
    }

    @Test
    void shouldFindTheFirstRunWhenTheIdIsTaken() {
        StartOptions same = StartOptions.workflowId("once");

        assertFalse(client.start("checkout", null, Receipt.class, same).existing());
        assertTrue(client.start("checkout", null, Receipt.class, same).existing());
    }

    @Test
    void shouldGenerateAnotherIdForEachStart() {
        StartOptions options = StartOptions.generatedId();

        assertNotEquals(
                client.start("checkout", null, Receipt.class, options).workflowId(),
                client.start("checkout", null, Receipt.class, options).workflowId());
    }

    @Test
    void shouldRefuseAPayloadOverTheLimitBeforeAnythingIsSent() {
        String tooLong = "x".repeat(Limits.MAX_PAYLOAD_BYTES);

        LimitExceededException refused =
                assertThrows(LimitExceededException.class, () -> client.start("checkout", tooLong, Receipt.class));

        assertEquals(Limits.MAX_PAYLOAD_BYTES + 2, refused.size());
        assertEquals(Limits.MAX_PAYLOAD_BYTES, refused.limit());
        assertEquals("input has 491522 bytes, the limit is 491520 bytes", refused.getMessage());
        assertEquals(List.of(), engine.commands);
    }

    @Test
    void shouldRefuseOptionsThatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> StartOptions.workflowId(" "));
        assertThrows(LimitExceededException.class, () -> StartOptions.workflowId("x".repeat(257)));
        StartOptions options = StartOptions.generatedId();
        assertThrows(IllegalArgumentException.class, () -> options.delay(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> options.timeout(Duration.ofSeconds(Long.MAX_VALUE)));
        assertThrows(IllegalArgumentException.class, () -> options.retention(Duration.ofMillis(999)));
        assertThrows(IllegalArgumentException.class, () -> options.retention(Duration.ofDays(36_501)));
        assertThrows(IllegalArgumentException.class, () -> options.priority(0));
        assertThrows(IllegalArgumentException.class, () -> options.priority(1_000_001));
        assertThrows(IllegalArgumentException.class, () -> options.deduplicationId(" "));
        assertThrows(IllegalArgumentException.class, () -> options.deduplicationId("d", DeduplicationPolicy.UNKNOWN));
        assertThrows(LimitExceededException.class, () -> options.partitionKey("x".repeat(257)));
        assertThrows(LimitExceededException.class, () -> options.attribute("k", "v".repeat(8_192)));
        assertThrows(IllegalArgumentException.class, () -> client.start("", null, Receipt.class));
    }

    @Test
    void shouldTellWhyAStartWasRejected() {
        engine.rejection = "the queue is closed";

        StartRejectedException rejected =
                assertThrows(StartRejectedException.class, () -> client.start("checkout", null, Receipt.class));

        assertEquals("the queue is closed", rejected.reason());
        assertEquals(Optional.empty(), rejected.holder());
    }

    @Test
    void shouldReturnTheWorkflowThatHoldsTheDeduplicationId() {
        engine.deduplicationHolder = "first";
        engine.add(InMemoryEngine.state("first", 1, WorkflowStatus.RUNNING));

        WorkflowHandle<Receipt> handle = client.start(
                "checkout",
                null,
                Receipt.class,
                StartOptions.workflowId("second").deduplicationId("cart-1", DeduplicationPolicy.RETURN_EXISTING));

        assertEquals("first", handle.workflowId());
        assertTrue(handle.existing());
        assertEquals(WorkflowStatus.RUNNING, handle.status());
    }

    @Test
    void shouldNameTheHolderWhereADeduplicationIdIsRefused() {
        engine.deduplicationHolder = "first";

        StartRejectedException rejected = assertThrows(
                StartRejectedException.class,
                () -> client.start(
                        "checkout",
                        null,
                        Receipt.class,
                        StartOptions.workflowId("second").deduplicationId("cart-1")));

        assertEquals(Optional.of("first"), rejected.holder());
        assertEquals("second", rejected.workflowId());
        assertEquals(
                DeduplicationPolicy.REJECT, engine.commands.get(0).getStart().getDeduplicationPolicy());
    }

    @Test
    void shouldDecodeTheResultAsItsType() {
        complete("w", json("{\"number\":\"R-1\"}"));
        complete("list", json("[{\"number\":\"R-1\"},{\"number\":\"R-2\"}]"));
        complete("nothing", null);

        assertEquals(new Receipt("R-1"), client.workflow("w", Receipt.class).result());
        assertEquals(
                List.of(new Receipt("R-1"), new Receipt("R-2")),
                client.workflow("list", new TypeRef<List<Receipt>>() {}).result());
        assertNull(client.workflow("nothing", Receipt.class).result());
        assertNull(client.workflow("w", Void.class).result());
        assertThrows(
                PayloadException.class,
                () -> client.workflow("list", Receipt.class).result());
    }

    @Test
    void shouldPassEncodedPayloadsThroughUntouched() {
        String text = "{\"n\":1.00,  \"a\":1}";
        WorkflowHandle<EncodedPayload> handle =
                client.start("checkout", EncodedPayload.json(text), EncodedPayload.class, StartOptions.generatedId());
        complete(handle.workflowId(), json(text));

        EncodedPayload result = handle.result();

        assertEquals(json(text), engine.commands.get(0).getStart().getInput());
        assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), result.bytes());
    }

    @Test
    void shouldThrowWhatTheWorkflowEndedAs() {
        end("failed", WorkflowStatus.FAILED);
        end("late", WorkflowStatus.TIMED_OUT);
        end("stopped", WorkflowStatus.CANCELLED);

        WorkflowFailedException failed = assertThrows(WorkflowFailedException.class, () -> result("failed"));
        assertEquals(WorkflowStatus.FAILED, failed.status());
        assertEquals("no stock", failed.failure().orElseThrow().message());
        assertThrows(WorkflowTimedOutException.class, () -> result("late"));
        assertEquals(
                WorkflowStatus.CANCELLED,
                assertThrows(CancelledWorkflowException.class, () -> result("stopped"))
                        .status());
        assertThrows(WorkflowNotFoundException.class, () -> result("unknown"));
    }

    @Test
    void shouldFailFuturesWithTheSameExceptionsAndNoWrappers() {
        end("failed", WorkflowStatus.FAILED);

        CompletionException thrown = assertThrows(
                CompletionException.class,
                () -> client.workflow("failed", Receipt.class).resultAsync().join());

        assertInstanceOf(WorkflowFailedException.class, thrown.getCause());
    }

    @Test
    void shouldStreamStepsPageByPage() {
        engine.add(state("w", 1, WorkflowStatus.RUNNING));
        engine.steps.put(
                "w",
                IntStream.rangeClosed(1, 25).mapToObj(MillraceClientTest::step).toList());
        engine.mostPerPage = 10;

        assertEquals(
                IntStream.rangeClosed(1, 25).boxed().toList(),
                client.steps("w").map(StepDescription::seq).toList());
        assertEquals(3, engine.queries.size());
        assertThrows(WorkflowNotFoundException.class, () -> client.steps("unknown"));
    }

    @Test
    void shouldDescribeAWorkflowWithItsInput() {
        client.start("checkout", new Order("tea", 1), Receipt.class, StartOptions.workflowId("w"));

        WorkflowDescription found = client.describe("w").orElseThrow();

        assertEquals(WorkflowStatus.ENQUEUED, found.status());
        assertFalse(found.isClosed());
        assertEquals("json payload of 24 bytes", found.input().orElseThrow().toString());
        assertTrue(client.describe("unknown").isEmpty());
    }

    private @Nullable Receipt result(String workflowId) {
        return client.workflow(workflowId, Receipt.class).result();
    }

    private static RecordedStep step(int seq) {
        return RecordedStep.newBuilder()
                .setSeq(seq)
                .setName("step")
                .setKind(StepKind.STEP)
                .setStatus(StepStatus.COMPLETED)
                .build();
    }

    private void complete(String workflowId, @Nullable Payload output) {
        WorkflowState state = state(workflowId, 1, WorkflowStatus.COMPLETED);
        state.setOutput(output);
        engine.add(state);
    }

    private void end(String workflowId, WorkflowStatus status) {
        WorkflowState state = state(workflowId, 1, status);
        state.setFailure(new Failure("java.lang.IllegalStateException", "no stock", null));
        engine.add(state);
    }

    private static Payload json(String text) {
        return new Payload("json", ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
