package io.millrace.engine.machine;

import static io.millrace.engine.testing.Samples.bytes;
import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.startCommand;
import static io.millrace.engine.testing.Samples.workflowStarted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandNoted;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Payload;
import io.millrace.schemas.Start;
import io.millrace.schemas.WorkflowStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CommandMachineTest {
    @Test
    void shouldStartANewWorkflow() {
        Decision decision = Given.nothing().when(received(startCommand("c1", demo())));

        assertEquals(
                new Decision(
                        List.of(Facts.of(workflowStarted("c1", demo(), 9L))),
                        List.of(new Message.Reply(reply("c1", WorkflowStatus.ENQUEUED), 2))),
                decision);
    }

    @Test
    void shouldDelayWhereItIsAskedTo() {
        Start start = demo();
        start.setDelayMs(1L);
        Input received = received(startCommand("c1", start));

        assertEquals(WorkflowStatus.DELAYED, replyTo(Given.nothing(), received).getStatus());
        Given delayed = Given.nothing().then(received);
        assertEquals(WorkflowStatus.DELAYED, delayed.workflow().getState().getStatus());
        assertEquals(Given.BEGINNING + 1, delayed.workflow().getDelayedUntilMs());

        start.setDelayMs(0L);
        assertEquals(
                WorkflowStatus.ENQUEUED,
                replyTo(Given.nothing(), received(startCommand("c1", start))).getStatus());
    }

    @Test
    void shouldWaitForeverRatherThanOverflow() {
        Start start = demo();
        start.setDelayMs(Long.MAX_VALUE);
        assertEquals(Long.MAX_VALUE, Given.started(start).workflow().getDelayedUntilMs());
        start.setDelayMs(null);
        start.setTimeoutMs(Long.MAX_VALUE);
        Given running = Given.started(start).and(Given.granted("w1", 1, 1));
        assertEquals(Long.MAX_VALUE, running.workflow().getState().getDeadlineMs());
    }

    @Test
    void shouldTellTheSecondOfTheFirst() {
        Decision decision = Given.running().and(completed(0)).when(received(startCommand("c2", demo())));

        CommandReply reply = reply("c2", WorkflowStatus.COMPLETED);
        reply.setExisting(true);
        reply.setReason("the workflow id is taken: the first run stands");
        var noted = new CommandNoted("c2", "tester", null, "start", true, reply.getReason());
        assertEquals(new Decision(List.of(Facts.of(noted)), List.of(new Message.Reply(reply, 2))), decision);
    }

    @Test
    void shouldAnswerARepeatedCommandWithoutNotingIt() {
        Decision decision = Given.enqueued().when(received(startCommand(Given.START_COMMAND, demo())));

        CommandReply reply = reply(Given.START_COMMAND, WorkflowStatus.ENQUEUED);
        assertEquals(new Decision(List.of(), List.of(new Message.Reply(reply, 2))), decision);
    }

    @Test
    void shouldRejectInWords() {
        Map<String, Consumer<Command>> wrongs = new HashMap<>();
        wrongs.put("the command id is empty", command -> command.setCommandId(" "));
        wrongs.put("the command id has a control character in it", command -> command.setCommandId("a\u0000b"));
        wrongs.put(
                "the command id has 257 characters; the limit is 256",
                command -> command.setCommandId("c".repeat(257)));
        wrongs.put("the issuer has 257 characters; the limit is 256", command -> command.setIssuer("i".repeat(257)));
        wrongs.put(
                "the reason has 2001 characters; the limit is 2000", command -> command.setReason("r".repeat(2_001)));
        wrongs.put(
                "the command has not exactly one body that this engine knows; is the engine older than the client?",
                command -> command.setStart(null));
        wrongs.put("the workflow type is empty", command -> command.getStart().setWorkflowType(""));
        wrongs.put(
                "the queue has a control character in it",
                command -> command.getStart().setQueue("a\u007f"));
        wrongs.put(
                "the queue has 257 characters; the limit is 256",
                command -> command.getStart().setQueue("q".repeat(257)));
        wrongs.put(
                "the application version is empty",
                command -> command.getStart().setApplicationVersion(""));
        wrongs.put(
                "the input has 491521 bytes; the limit is 491520",
                command -> command.getStart().setInput(bytes(Limits.MAX_PAYLOAD_BYTES + 1)));
        wrongs.put(
                "the codec of the input has 257 characters; the limit is 256",
                command -> command.getStart().setInput(new Payload("x".repeat(257), bytes(1).getData())));
        wrongs.put(
                "the delay is -1 ms; it must not be negative",
                command -> command.getStart().setDelayMs(-1L));
        wrongs.put(
                "the timeout is 0 ms; it must be positive",
                command -> command.getStart().setTimeoutMs(0L));
        wrongs.put(
                "the priority is 0; it must be from 1 to 1000000",
                command -> command.getStart().setPriority(0));
        wrongs.put(
                "the priority is 1000001; it must be from 1 to 1000000",
                command -> command.getStart().setPriority(Limits.MAX_PRIORITY + 1));
        wrongs.put(
                "the deduplication id has a control character in it",
                command -> command.getStart().setDeduplicationId("a\u0000b"));
        wrongs.put(
                "the deduplication id has 257 characters; the limit is 256",
                command -> command.getStart().setDeduplicationId("d".repeat(257)));
        wrongs.put("the partition key is empty", command -> command.getStart().setPartitionKey(" "));
        wrongs.put(
                "the attributes have 8193 characters; the limit is 8192",
                command -> command.getStart().setAttributes(Map.of("k", "v".repeat(8_192))));
        wrongs.forEach((reason, wrong) -> {
            Command command = startCommand("c2", demo());
            wrong.accept(command);
            assertRejected(reason, command);
        });
    }

    @Test
    void shouldTakeWhatIsJustWithinTheLimits() {
        Start start = demo();
        start.setWorkflowType("t".repeat(Limits.MAX_NAME_CHARS));
        start.setQueue("q".repeat(Limits.MAX_NAME_CHARS));
        start.setApplicationVersion("v".repeat(Limits.MAX_NAME_CHARS));
        start.setInput(bytes(Limits.MAX_PAYLOAD_BYTES));
        start.setAttributes(Map.of("k", "v".repeat(Limits.MAX_ATTRIBUTES_CHARS - 1)));
        start.setDelayMs(0L);
        start.setTimeoutMs(1L);
        start.setPriority(Limits.MAX_PRIORITY);
        start.setDeduplicationId("d".repeat(Limits.MAX_ID_CHARS));
        start.setPartitionKey("k".repeat(Limits.MAX_ID_CHARS));
        Command command = startCommand("c".repeat(Limits.MAX_ID_CHARS), start);
        command.setIssuer("i".repeat(Limits.MAX_NAME_CHARS));
        command.setReason("r".repeat(Limits.MAX_REASON_CHARS));
        assertEquals(
                CommandOutcome.ACCEPTED,
                replyTo(Given.nothing(), received(command)).getOutcome());
    }

    @Test
    void shouldRejectAnIdThatNoKeyCanHold() {
        for (String id : List.of("", " ", "a\u0000b", "a\nb", "a\u0085b", "i".repeat(257))) {
            Decision decision = new WorkflowMachine(1).decide(id, null, received(startCommand("c1", demo())));
            assertEquals(List.of(), decision.facts(), id);
            CommandReply reply = ((Message.Reply) decision.messages().get(0)).reply();
            assertEquals(CommandOutcome.REJECTED, reply.getOutcome(), id);
        }
    }

    @Test
    void shouldKeepWhatItNotesShort() {
        Command command = startCommand("c2", demo());
        command.setReason("r".repeat(5_000));
        CommandNoted noted =
                Given.enqueued().when(received(command)).facts().get(0).getCommandNoted();
        assertEquals("r".repeat(200) + "... (5000 characters)", noted.getReason());
    }

    private static void assertRejected(String reason, Command command) {
        Decision ofNew = Given.nothing().when(received(command));
        assertEquals(List.of(), ofNew.facts(), "a workflow that is not there has no record");
        CommandReply reply = ((Message.Reply) ofNew.messages().get(0)).reply();
        assertEquals(CommandOutcome.REJECTED, reply.getOutcome(), reason);
        assertEquals(reason, reply.getReason());
        assertEquals(WorkflowStatus.UNKNOWN, reply.getStatus());
        assertNull(reply.getWorkflowType());

        Decision ofExisting = Given.enqueued().when(received(command));
        CommandNoted noted = ofExisting.facts().get(0).getCommandNoted();
        assertEquals(reason, noted.getAnswer());
        assertEquals(command.getStart() == null ? "unknown" : "start", noted.getCommand());
        assertEquals(
                WorkflowStatus.ENQUEUED,
                ((Message.Reply) ofExisting.messages().get(0)).reply().getStatus());
    }

    private static CommandReply replyTo(Given given, Input input) {
        return ((Message.Reply) given.when(input).messages().get(0)).reply();
    }

    private static Input received(Command command) {
        return new Input.CommandReceived(command, 9, Given.NOW);
    }

    private static CommandReply reply(String commandId, WorkflowStatus status) {
        return CommandReply.newBuilder()
                .setCommandId(commandId)
                .setCommand("start")
                .setWorkflowId(Given.ID)
                .setOutcome(CommandOutcome.ACCEPTED)
                .setStatus(status)
                .setWorkflowType("demo")
                .setAtMs(Given.NOW)
                .build();
    }
}
