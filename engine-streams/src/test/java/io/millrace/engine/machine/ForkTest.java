package io.millrace.engine.machine;

import static io.millrace.engine.testing.Commands.fork;
import static io.millrace.engine.testing.Commands.forkWith;
import static io.millrace.engine.testing.Commands.rewind;
import static io.millrace.engine.testing.Commands.send;
import static io.millrace.engine.testing.Reports.childStarted;
import static io.millrace.engine.testing.Reports.receiveStarted;
import static io.millrace.engine.testing.Reports.valueSet;
import static io.millrace.engine.testing.Samples.bytes;
import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.failed;
import static io.millrace.engine.testing.Samples.failure;
import static io.millrace.engine.testing.Samples.json;
import static io.millrace.engine.testing.Samples.startCommand;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static io.millrace.engine.testing.Samples.stepFailed;
import static io.millrace.engine.testing.Samples.valueRecorded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.Limits;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Forks: a copy as of a step, under an id of its own, that leaves its source as it was. */
class ForkTest {
    private final World world = new World();

    @Test
    void shouldCopyWhatIsBeforeTheStep() {
        world.runs("s").reports("s", stepCompleted(1), stepFailed(2, failure("no")), stepCompleted(3), completed(3));
        Given before = world.of("s");
        world.commands("s", fork("f", "copy", 3));

        assertEquals(CommandOutcome.ACCEPTED, world.reply("f").getOutcome());
        assertEquals("copy", world.reply("f").getForkWorkflowId());
        assertEquals(WorkflowStatus.COMPLETED, world.reply("f").getStatus(), "that of the source");
        assertEquals(
                before.journal().steps().subList(0, 2),
                world.of("copy").journal().steps());
        assertEquals("s", world.state("copy").getForkedFrom());
        assertEquals(3, world.state("copy").getForkedFromStep());
        assertEquals(2, world.state("copy").getStepCount());
        assertEquals(demo().getInput(), world.of("copy").journal().input());
        assertEquals(before.journal().steps(), world.of("s").journal().steps());
        assertEquals(before.state().getStatus(), world.status("s"));

        world.granted("copy").reports("copy", stepCompleted(3), completed(3));
        assertEquals(WorkflowStatus.COMPLETED, world.status("copy"));
    }

    @Test
    void shouldForkARunningOneWithoutDisturbingIt() {
        world.runs("s").reports("s", stepCompleted(1), childStarted(2, "c"), stepCompleted(3));
        world.commands("s", fork("f", "copy", 4));
        assertEquals(List.of(1, 3), seqs("copy"), "an open child is started anew");
        assertEquals("w1", Statuses.ownerOf(world.of("s").workflow()));
        world.granted("c").reports("c", completed(0)).commands("s", fork("f2", "copy-2", 4));
        assertEquals(List.of(1, 2, 3), seqs("copy-2"), "one that has ended is not run again");
        assertEquals("c", world.of("copy-2").journal().step(2).orElseThrow().getChildWorkflowId());
    }

    @Test
    void shouldTakeTheSourcesStartButForWhatIsGiven() {
        Start start = demo();
        start.setQueue("fast");
        start.setApplicationVersion("v1");
        start.setTimeoutMs(9L);
        start.setDelayMs(9L);
        start.setAttributes(Map.of("k", "v"));
        world.commands("s", startCommand("c", start)).commands("s", fork("f", "copy", 1));
        assertEquals("fast", world.state("copy").getQueue());
        assertEquals("v1", world.state("copy").getApplicationVersion());
        assertEquals(Map.of("k", "v"), world.state("copy").getAttributes());
        assertNull(world.state("copy").getTimeoutMs());
        assertEquals(WorkflowStatus.ENQUEUED, world.status("copy"));

        Command other = forkWith("f2", "copy-2", json("2"));
        other.getFork().setQueue("slow");
        other.getFork().setApplicationVersion("v2");
        other.getFork().setTimeoutMs(5L);
        world.commands("s", other);
        assertEquals("slow", world.state("copy-2").getQueue());
        assertEquals("v2", world.state("copy-2").getApplicationVersion());
        assertEquals(5, world.state("copy-2").getTimeoutMs());
        assertEquals(json("2"), world.of("copy-2").journal().input());

        world.commands("s", forkWith("f3", "copy-3", null));
        assertNull(world.of("copy-3").journal().input());
    }

    @Test
    void shouldRefuseInWords() {
        world.runs("s").reports("s", stepCompleted(1));
        assertRefused("a fork has an id of its own; to run this one again, rewind it", fork("a", "s", 1));
        Command late = fork("b", "copy", 2);
        late.getFork().setNewInput(forkWith("b", "copy", null).getFork().getNewInput());
        assertRefused(
                "a fork can have another input only from step 1, where nothing depends on the old one, not from step 2",
                late);
        assertRefused("start step 3 is out of range: 1 steps are on record, so it can be 1 to 2", fork("c", "copy", 3));
        assertRefused("the id of the fork is empty", fork("d", "", 1));
        Command queue = fork("e", "copy", 1);
        queue.getFork().setQueue("a\nb");
        assertRefused("the queue has a control character in it", queue);
        Command version = fork("g", "copy", 1);
        version.getFork().setApplicationVersion("");
        assertRefused("the application version is empty", version);
        Command timeout = fork("h", "copy", 1);
        timeout.getFork().setTimeoutMs(0L);
        assertRefused("the timeout is 0 ms; it must be positive", timeout);
        assertRefused(
                "the input has 491521 bytes; the limit is 491520",
                forkWith("i", "copy", bytes(Limits.MAX_PAYLOAD_BYTES + 1)));
        assertEquals(WorkflowStatus.UNKNOWN, world.status("copy"));
        world.commands("nobody", fork("j", "copy", 1));
        assertEquals("there is no workflow with this id", world.reply("j").getReason());
    }

    private void assertRefused(String reason, Command command) {
        world.commands("s", command);
        assertEquals(reason, world.reply(command.getCommandId()).getReason());
        assertEquals(
                CommandOutcome.REJECTED, world.reply(command.getCommandId()).getOutcome());
    }

    @Test
    void shouldSayThatTheIdIsTaken() {
        world.runs("s").runs("taken").commands("s", fork("f", "taken", 1));
        assertEquals(CommandOutcome.REJECTED, world.reply("f").getOutcome());
        assertEquals("the workflow id taken is taken", world.reply("f").getReason());
        assertNull(world.reply("f").getForkWorkflowId());
        assertNull(world.state("taken").getForkedFrom());
    }

    @Test
    void shouldAnswerWhenTheCopyIsThereAndOnce() {
        world.runs("s").hold().commands("s", fork("f", "copy", 1)).commands("s", fork("f", "copy", 1));
        assertFalse(world.isAnswered("f"));
        assertEquals(1, world.underWay().size(), "the same command again copies nothing again");
        world.deliver();
        assertEquals(CommandOutcome.ACCEPTED, world.reply("f").getOutcome());
        world.commands("s", fork("f", "copy", 1));
        assertEquals(CommandOutcome.ACCEPTED, world.reply("f").getOutcome());
        assertEquals(1, world.of("copy").history().size());
    }

    @Test
    void shouldCopyValuesAndMessagesAsTheyWereAtTheStep() {
        world.runs("s").reports("s", valueRecorded(0, 0), valueSet(1, "k", "old"), valueRecorded(1, 0));
        world.commands("s", send("m1", "t", "one")).commands("s", send("m2", "t", "two"));
        world.reports(
                "s", receiveStarted(2, "t"), valueSet(3, "k", "new"), valueRecorded(3, 0), receiveStarted(4, "t"));
        world.commands("s", send("m3", "t", "three")).commands("s", fork("f", "copy", 3));

        Given copy = world.of("copy");
        assertEquals(
                json("\"old\""), copy.journal().lastValue("k").orElseThrow().getOutput());
        assertEquals(2, copy.journal().values().size());
        assertEquals(
                List.of(2L, 3L),
                copy.workflow().getPendingMessages().stream()
                        .map(message -> message.getNumber())
                        .toList());
        world.granted("copy").reports("copy", stepCompleted(3), receiveStarted(4, "t"), receiveStarted(5, "t"));
        assertEquals(json("\"two\""), step("copy", 4).getOutput());
        assertEquals(json("\"three\""), step("copy", 5).getOutput());
        world.commands("copy", send("m4", "t", "four")).reports("copy", receiveStarted(6, "t"));
        assertEquals(json("\"four\""), step("copy", 6).getOutput());
    }

    @Test
    void shouldLoseNoMessageInAForkOfAFork() {
        world.runs("s").commands("s", send("m1", "t", "one")).reports("s", receiveStarted(1, "t"), stepCompleted(2));
        world.commands("s", fork("f", "copy", 3)).commands("copy", fork("g", "copy-2", 1));
        assertEquals(List.of(), seqs("copy-2"));
        world.granted("copy-2").reports("copy-2", receiveStarted(1, "t"));
        assertEquals(json("\"one\""), step("copy-2", 1).getOutput());

        world.granted("copy").reports("copy", completed(2)).commands("copy", rewind("w", 1));
        world.granted("copy").reports("copy", receiveStarted(1, "t"));
        assertEquals(json("\"one\""), step("copy", 1).getOutput());
        world.commands("copy", send("m2", "t", "two")).reports("copy", receiveStarted(2, "t"));
        assertEquals(json("\"two\""), step("copy", 2).getOutput());
    }

    @Test
    void shouldForkWhatIsOnRecordAfterAReopening() {
        world.runs("s").reports("s", stepCompleted(1), stepCompleted(2, json("\"old\"")), stepCompleted(3), failed(3));
        world.commands("s", rewind("w", 2)).granted("s").reports("s", stepCompleted(2, json("\"new\"")));
        world.commands("s", fork("f", "copy", 3));
        assertEquals(List.of(1, 2), seqs("copy"));
        assertEquals(json("\"new\""), step("copy", 2).getOutput());
        assertEquals(0, world.state("copy").getRun());
        world.commands("s", fork("g", "copy-2", 4));
        assertEquals(
                "start step 4 is out of range: 2 steps are on record, so it can be 1 to 3",
                world.reply("g").getReason());
    }

    private RecordedStep step(String id, int seq) {
        RecordedStep step = world.of(id).journal().step(seq).orElseThrow();
        assertEquals(StepStatus.COMPLETED, step.getStatus());
        return step;
    }

    private List<Integer> seqs(String id) {
        return world.of(id).journal().steps().stream().map(RecordedStep::getSeq).toList();
    }
}
