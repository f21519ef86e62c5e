package io.millrace.engine.machine;

import static io.millrace.engine.testing.Commands.cancel;
import static io.millrace.engine.testing.Commands.fork;
import static io.millrace.engine.testing.Commands.resume;
import static io.millrace.engine.testing.Commands.send;
import static io.millrace.engine.testing.Samples.bytes;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static io.millrace.engine.testing.Samples.valueRecorded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.Limits;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Copies that are too large for one record. */
class ForkPartsTest {
    private final World world = new World();

    @Test
    void shouldSendALargeCopyInPartsAndStartItWithTheLast() {
        world.runs("s");
        for (int seq = 1; seq <= 12; seq++) {
            world.reports("s", stepCompleted(seq, bytes(100_000)));
        }
        world.hold().commands("s", fork("f", "copy", 13));
        List<Transfer> parts = world.underWay();
        assertEquals(3, parts.size());
        for (int i = 0; i < parts.size(); i++) {
            assertEquals(i + 1, parts.get(i).getForkPart().getPart());
            assertEquals(i == 0, parts.get(i).getForkPart().getStart() != null);
            assertEquals(i < 2, parts.get(i).getForkPart().getCopied().getMore());
        }
        world.take("copy", new Input.TransferReceived(parts.get(0), 9, Given.NOW));
        assertEquals(WorkflowStatus.ENQUEUED, world.status("copy"));
        assertFalse(Statuses.isDispatchable(world.of("copy").workflow()));

        String notYet = "the workflow is a fork itself, and is still being copied; ask again in a moment";
        world.commands("copy", fork("g", "other", 1)).commands("copy", send("m", "t", "x"));
        assertEquals(notYet, world.reply("g").getReason());
        assertEquals(notYet, world.reply("m").getReason(), "its own messages may still be on their way");

        world.take("copy", new Input.TransferReceived(parts.get(1), 9, Given.NOW));
        assertFalse(Statuses.isDispatchable(world.of("copy").workflow()));
        world.take("copy", new Input.TransferReceived(parts.get(2), 9, Given.NOW));
        assertTrue(Statuses.isDispatchable(world.of("copy").workflow()));
        assertEquals(12, world.state("copy").getStepCount());
        assertTrue(world.of("copy").workflow().getHistoryBytes() > 1_200_000);
    }

    @Test
    void shouldFitEveryPartIntoARecord() {
        Given source = Given.running();
        String wide = "\u4e16".repeat(Limits.MAX_NAME_CHARS);
        for (int i = 1; i <= Limits.MAX_PENDING_MESSAGES; i++) {
            source = source.then(send("m" + i, wide, "x"));
        }
        source = source.and(stepCompleted(1, bytes(Limits.MAX_PAYLOAD_BYTES)), valueRecorded(0, 0));
        var parts = ForkParts.of(source.journal(), demo(), 2);
        for (var part : parts) {
            int messages = part.getMessages().stream().mapToInt(RecordSizes::of).sum();
            int steps = part.getCopied().getSteps().stream()
                    .mapToInt(RecordSizes::of)
                    .sum();
            assertTrue(messages + steps < Limits.MAX_RECORD_BYTES - 64 * 1024, messages + " + " + steps);
        }
        assertEquals(
                Limits.MAX_PENDING_MESSAGES,
                parts.stream().mapToInt(part -> part.getMessages().size()).sum());
    }

    @Test
    void shouldCopyALongHistory() {
        Given source = Given.running();
        WorkerFact[] facts = new WorkerFact[10_000];
        for (int seq = 1; seq <= facts.length; seq++) {
            facts[seq - 1] = stepCompleted(seq);
        }
        source = source.and(facts);
        var parts = ForkParts.of(source.journal(), demo(), 10_001);
        assertTrue(parts.size() > 1);
        assertEquals(
                10_000,
                parts.stream()
                        .mapToInt(part -> part.getCopied().getSteps().size())
                        .sum());
    }

    @Test
    void shouldFinishACopyThatWasCancelledMeanwhile() {
        world.runs("s").reports("s", valueRecorded(1, 0));
        for (int seq = 1; seq <= 5; seq++) {
            world.reports("s", stepCompleted(seq, bytes(200_000)));
        }
        world.hold().commands("s", fork("f", "copy", 6));
        world.take("copy", new Input.TransferReceived(world.underWay().get(0), 9, Given.NOW));
        world.commands("copy", cancel("x")).commands("copy", resume("r"));
        assertEquals(CommandOutcome.REJECTED, world.reply("r").getOutcome());
        for (Transfer part : world.underWay().subList(1, world.underWay().size())) {
            if (part.getForkPart() != null) {
                world.take("copy", new Input.TransferReceived(part, 9, Given.NOW));
            }
        }
        assertEquals(WorkflowStatus.CANCELLED, world.status("copy"));
        world.commands("copy", resume("r2"));
        assertTrue(Statuses.isDispatchable(world.of("copy").workflow()));
        assertEquals(List.of(1, 2, 3, 4, 5), seqs("copy"));
        assertEquals(1, world.of("copy").journal().values().size());
    }

    private List<Integer> seqs(String id) {
        return world.of(id).journal().steps().stream().map(RecordedStep::getSeq).toList();
    }
}
