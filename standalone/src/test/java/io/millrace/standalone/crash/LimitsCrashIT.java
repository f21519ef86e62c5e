package io.millrace.standalone.crash;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.LimitExceededException;
import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowFailedException;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Payload;
import io.millrace.schemas.Start;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowStatus;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Payloads over the limit: whoever is to blame is told size and limit, and nobody else notices. */
final class LimitsCrashIT {
    private static final int TOO_MUCH = Limits.MAX_PAYLOAD_BYTES + 20_000;

    @RegisterExtension
    static final SharedServer SERVER = new SharedServer();

    @RegisterExtension
    final Children children = new Children();

    @Test
    void shouldRefuseWhatIsTooLargeWithoutDisturbingAnyoneElse() {
        Stage stage = SERVER.stage(children, "limits");
        stage.startWorker("worker", Stage.LEASE);
        try (MillraceClient client = stage.connect()) {
            WorkflowHandle<Integer> bystander = stage.start(
                    client, "bystander", GatedWorkflow.Input.steps(5).gateAt(3));
            stage.awaitStep("bystander", 3, 1);

            refusedByTheClient(stage, client);
            rejectedByTheEngine(stage, client);
            failedByItsStep(stage, client);

            assertEquals(
                    2, stage.start(client, "next", GatedWorkflow.Input.steps(2)).result(Stage.PATIENCE));
            stage.gates().open("bystander");
            assertEquals(5, bystander.result(Stage.PATIENCE));
            assertEquals(List.of(1, 2, 3, 4, 5), stage.effects().steps("bystander"));
        }
    }

    private static void refusedByTheClient(Stage stage, MillraceClient client) {
        LimitExceededException refused = assertThrows(
                LimitExceededException.class,
                () -> client.start(
                        GatedWorkflow.TYPE,
                        "x".repeat(TOO_MUCH),
                        Integer.class,
                        StartOptions.workflowId("too-large").queue(stage.queue())));
        // JSON adds two quotation marks.
        assertNamesSizeAndLimit(refused.getMessage(), TOO_MUCH + 2);
        assertTrue(client.describe("too-large").isEmpty());
    }

    private static void rejectedByTheEngine(Stage stage, MillraceClient client) {
        Start start = Start.newBuilder()
                .setWorkflowType(GatedWorkflow.TYPE)
                .setQueue(stage.queue())
                .setInput(new Payload("json", ByteBuffer.wrap(new byte[TOO_MUCH])))
                .build();
        Command command = Command.newBuilder()
                .setCommandId("stray-command")
                .setIssuer("stray")
                .setIssuedAtMs(0)
                .setStart(start)
                .build();
        StrayProducer.send(stage, Topic.COMMANDS, "stray", Command.class, command);
        List<CommandReply> replies = await("a reply to the stray command")
                .atMost(Stage.PATIENCE)
                .until(
                        () -> stage.topics().read(Topic.REPLIES, CommandReply.class, "stray-command"),
                        found -> !found.isEmpty());
        assertEquals(1, replies.size());
        assertEquals(CommandOutcome.REJECTED, replies.get(0).getOutcome());
        assertNamesSizeAndLimit(replies.get(0).getReason(), TOO_MUCH);
        assertTrue(client.describe("stray").isEmpty());
    }

    private static void failedByItsStep(Stage stage, MillraceClient client) {
        WorkflowHandle<Integer> workflow = stage.start(
                client, "returns-too-much", GatedWorkflow.Input.steps(3).returning(TOO_MUCH));
        WorkflowFailedException failed =
                assertThrows(WorkflowFailedException.class, () -> workflow.result(Stage.PATIENCE));
        assertEquals(WorkflowStatus.FAILED, failed.status());
        assertNamesSizeAndLimit(failed.getMessage(), TOO_MUCH + 2);
        assertEquals(List.of(1), stage.effects().steps("returns-too-much"));
    }

    private static void assertNamesSizeAndLimit(String message, int size) {
        assertTrue(message.contains(Integer.toString(size)), message);
        assertTrue(message.contains(Integer.toString(Limits.MAX_PAYLOAD_BYTES)), message);
    }
}
