package io.millrace.standalone.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.CommandOptions;
import io.millrace.client.CommandResult;
import io.millrace.client.HistoryEvent;
import io.millrace.client.LimitExceededException;
import io.millrace.client.StopOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.Cancel;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Fork;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Pause;
import io.millrace.schemas.Resume;
import io.millrace.schemas.Start;
import io.millrace.schemas.StartPoint;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands as records: once for each id, answered, on the record, and harmless whatever is in them. */
final class CommandAcceptanceIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private final Ran ran = new Ran();

    @Test
    void shouldHaveOneEffectAndTheSameAnswerForTheSameCommandId() {
        // given a workflow in its first step
        Gate gate = scene.gate();
        scene.work(new SteppedWorkflow(ran).inside(1, gate::pass));
        WorkflowHandle<String> workflow = scene.startSteps("repeated", 2);
        gate.awaitArrival();
        // when it is cancelled, and the same command is sent again, also when it has stopped meanwhile
        StopOptions options = StopOptions.because("once").commandId(scene.id("cancel"));
        CommandResult first = workflow.cancel(options);
        CommandResult second = workflow.cancel(options);
        gate.open();
        Scene.awaitStatus(workflow, WorkflowStatus.CANCELLED);
        CommandResult third = workflow.cancel(options);
        // then the answers are equal, and one fact is on record
        assertEquals(WorkflowStatus.CANCELLING, first.status());
        assertEquals(first, second);
        assertEquals(first, third);
        assertEquals(1, Scene.facts(workflow, "cancelAsked").size());
        assertEquals(List.of(), Scene.facts(workflow, "commandNoted"));
    }

    @Test
    void shouldAnswerARefusalTheSameWayAgain() {
        // given a workflow that cannot be unpaused
        WorkflowHandle<String> workflow = scene.startSteps("refused", 1);
        Command command = RawTopics.command();
        command.setResume(new Resume());
        workflow.pause();
        // when a command is refused, the workflow changes so that it would be taken, and it comes again
        CommandReply refused = scene.topics().command(workflow.workflowId(), command);
        workflow.cancel();
        List<CommandReply> replies = scene.topics().command(workflow.workflowId(), command, 2);
        // then it is refused again, in the same words
        assertEquals(CommandOutcome.REJECTED, refused.getOutcome());
        assertEquals(CommandOutcome.REJECTED, replies.get(1).getOutcome());
        assertEquals(refused.getReason(), replies.get(1).getReason());
        assertEquals(WorkflowStatus.CANCELLED, workflow.status());
        assertEquals(List.of(), Scene.facts(workflow, "reopened"));
    }

    @Test
    void shouldAnswerEachRecordOnTheRepliesTopic() {
        // given nothing but a Kafka client
        RawTopics topics = scene.topics();
        String workflowId = scene.id("raw");
        Command start = RawTopics.command();
        start.setStart(Start.newBuilder()
                .setWorkflowType(SteppedWorkflow.TYPE)
                .setQueue(scene.queue())
                .build());
        Command cancel = RawTopics.command();
        cancel.setReason("changed our mind");
        cancel.setCancel(new Cancel(true));
        // when a workflow is started and cancelled
        CommandReply started = topics.command(workflowId, start);
        CommandReply cancelled = topics.command(workflowId, cancel);
        // then both are answered, and the status topic shows what came of it
        assertEquals(CommandOutcome.ACCEPTED, started.getOutcome());
        assertEquals(WorkflowStatus.ENQUEUED, started.getStatus());
        assertEquals(CommandOutcome.ACCEPTED, cancelled.getOutcome());
        assertEquals(WorkflowStatus.CANCELLED, cancelled.getStatus());
        assertEquals(workflowId, cancelled.getWorkflowId());
        List<WorkflowState> states = await().atMost(Scene.PATIENCE)
                .until(
                        () -> topics.read(Topic.STATUS, WorkflowState.class, workflowId),
                        found -> !found.isEmpty()
                                && found.get(found.size() - 1).getStatus() == WorkflowStatus.CANCELLED);
        assertTrue(states.size() >= 1);
        HistoryEvent asked = Scene.fact(scene.workflow(workflowId), "cancelAsked");
        assertEquals("a service", asked.details().get("issuer"));
        assertEquals("changed our mind", asked.details().get("reason"));
        assertEquals(cancel.getCommandId(), asked.details().get("commandId"));
    }

    @Test
    void shouldRejectCommandsForNobody() {
        // given an id that nobody has
        String nobody = scene.id("nobody");
        Command cancel = RawTopics.command();
        cancel.setCancel(new Cancel(true));
        Command resume = RawTopics.command();
        resume.setResume(new Resume());
        Command fork = RawTopics.command();
        Fork copy = new Fork();
        copy.setWorkflowId(scene.id("fork"));
        copy.setFrom(new StartPoint(1, null, null));
        fork.setFork(copy);
        for (Command command : List.of(cancel, resume, fork)) {
            // when it is commanded, then the answer is a refusal that names it
            CommandReply reply = scene.topics().command(nobody, command);
            assertEquals(CommandOutcome.REJECTED, reply.getOutcome());
            assertEquals(WorkflowStatus.UNKNOWN, reply.getStatus());
            assertTrue(reply.getReason().contains("no workflow"), reply.getReason());
        }
        assertTrue(scene.client().describe(nobody).isEmpty());
    }

    @Test
    void shouldRecordWhoAskedForWhatAndWhy() {
        // given a workflow
        WorkflowHandle<String> workflow = scene.startSteps("recorded", 1);
        // when it is paused, unpaused and cancelled
        workflow.pause(CommandOptions.because("stock-taking"));
        workflow.unpause(CommandOptions.because("done"));
        workflow.cancel(StopOptions.because("the customer has left"));
        // then its history names issuer, reason and command of each, numbered without a gap
        List<HistoryEvent> history = workflow.history().toList();
        assertEquals(
                List.of("workflowStarted", "paused", "unpaused", "cancelAsked", "cancelCompleted"),
                history.stream().map(HistoryEvent::type).toList());
        List<HistoryEvent> commands = history.subList(1, 4);
        assertEquals(
                List.of("stock-taking", "done", "the customer has left"),
                commands.stream().map(event -> event.details().get("reason")).toList());
        for (HistoryEvent event : commands) {
            assertEquals(SharedMillrace.ISSUER, event.details().get("issuer"));
            assertTrue(event.details().get("commandId") instanceof String, event.toString());
        }
        assertEquals(1, history.get(0).number());
        assertEquals(4, history.get(3).number());
    }

    @Test
    void shouldRefuseAReasonThatIsTooLong() {
        // given a workflow
        WorkflowHandle<String> workflow = scene.startSteps("wordy", 1);
        String reason = "x".repeat(Limits.MAX_REASON_CHARS + 1);
        // when it is cancelled for a reason that is too long, then the client refuses
        LimitExceededException refused =
                assertThrows(LimitExceededException.class, () -> workflow.cancel(StopOptions.because(reason)));
        assertNamesSizeAndLimit(refused.getMessage());
        // and so does the engine, whoever asks
        Command cancel = RawTopics.command();
        cancel.setReason(reason);
        cancel.setCancel(new Cancel(true));
        CommandReply reply = scene.topics().command(workflow.workflowId(), cancel);
        assertEquals(CommandOutcome.REJECTED, reply.getOutcome());
        assertNamesSizeAndLimit(reply.getReason());
        assertEquals(WorkflowStatus.ENQUEUED, workflow.status());
    }

    private static void assertNamesSizeAndLimit(String message) {
        assertTrue(message.contains(Integer.toString(Limits.MAX_REASON_CHARS)), message);
        assertTrue(message.contains(Integer.toString(Limits.MAX_REASON_CHARS + 1)), message);
    }

    @Test
    void shouldRefuseACommandOfNoneOrTwoBodies() {
        // given a workflow
        WorkflowHandle<String> workflow = scene.startSteps("unclear", 1);
        Command both = RawTopics.command();
        both.setCancel(new Cancel(true));
        both.setPause(new Pause());
        for (Command command : List.of(RawTopics.command(), both)) {
            // when it is not clear what is asked, then nothing is done, and that is said
            CommandReply reply = scene.topics().command(workflow.workflowId(), command);
            assertEquals(CommandOutcome.REJECTED, reply.getOutcome());
            assertTrue(!reply.getReason().isBlank());
        }
        assertEquals(WorkflowStatus.ENQUEUED, workflow.status());
    }

    @Test
    void shouldPutWhatItCannotReadAsideAndGoOn() {
        // given records on the commands topic that are none, one of them for a workflow that is there
        RawTopics topics = scene.topics();
        WorkflowHandle<String> workflow = scene.startSteps("undisturbed", 1);
        int before = topics.count(Topic.DEAD_LETTERS);
        topics.send(Topic.COMMANDS, workflow.workflowId(), "cancel it!".getBytes(StandardCharsets.UTF_8));
        topics.send(Topic.COMMANDS, scene.id("nobody"), new byte[] {(byte) 0xC3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 7});
        // when the engine has come to them
        await("two more dead letters")
                .atMost(Scene.PATIENCE)
                .until(() -> topics.count(Topic.DEAD_LETTERS) >= before + 2);
        // then it goes on with what comes next
        assertEquals(WorkflowStatus.ENQUEUED, workflow.status());
        scene.work(new SteppedWorkflow(ran));
        assertEquals("a1", workflow.result(Scene.PATIENCE));
    }

    @Test
    void shouldAnswerWhereTheCommandSays() {
        // given a command that names no partition to answer on
        WorkflowHandle<String> workflow = scene.startSteps("answered", 1);
        Command pause = RawTopics.command();
        pause.setPause(new Pause());
        assertNull(pause.getReplyPartition());
        // when it is sent, then the answer is there under its id
        CommandReply reply = scene.topics().command(workflow.workflowId(), pause);
        assertEquals(pause.getCommandId(), reply.getCommandId());
        assertEquals(WorkflowStatus.PAUSED, reply.getStatus());
    }
}
