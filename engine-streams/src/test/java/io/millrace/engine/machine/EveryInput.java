package io.millrace.engine.machine;

import static io.millrace.engine.testing.Reports.cancelled;
import static io.millrace.engine.testing.Reports.childStarted;
import static io.millrace.engine.testing.Reports.heartbeat;
import static io.millrace.engine.testing.Reports.messageSent;
import static io.millrace.engine.testing.Reports.receiveSeen;
import static io.millrace.engine.testing.Reports.receiveStarted;
import static io.millrace.engine.testing.Reports.stepCancelled;
import static io.millrace.engine.testing.Reports.surfaced;
import static io.millrace.engine.testing.Reports.toldAt;
import static io.millrace.engine.testing.Reports.valueSet;
import static io.millrace.engine.testing.Samples.attemptFailed;
import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.eagerlyStarted;
import static io.millrace.engine.testing.Samples.event;
import static io.millrace.engine.testing.Samples.failed;
import static io.millrace.engine.testing.Samples.parked;
import static io.millrace.engine.testing.Samples.released;
import static io.millrace.engine.testing.Samples.sleepStarted;
import static io.millrace.engine.testing.Samples.startCommand;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static io.millrace.engine.testing.Samples.valueRecorded;

import io.millrace.engine.testing.Commands;
import io.millrace.engine.testing.QueueSamples;
import io.millrace.engine.testing.Transfers;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Limits;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.QueueAnswered;
import io.millrace.schemas.Start;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every kind of input, by theme. */
final class EveryInput {
    private EveryInput() {}

    /** An input as it comes to a workflow; what it brings along depends on that. */
    interface Coming {
        Input to(Given given);
    }

    static Map<String, Coming> all() {
        Map<String, Coming> all = new LinkedHashMap<>();
        List.of("starts", "commands", "executions", "reports", "transfers").forEach(theme -> all.putAll(of(theme)));
        return all;
    }

    static Map<String, Coming> of(String theme) {
        return switch (theme) {
            case "starts" -> starts();
            case "commands" -> commands();
            case "executions" -> executions();
            case "reports" -> reports();
            case "transfers" -> transfers();
            default -> throw new IllegalArgumentException(theme);
        };
    }

    private static Map<String, Coming> starts() {
        Start tooLong = demo();
        tooLong.setQueue("q".repeat(1_000));
        Map<String, Coming> inputs = new LinkedHashMap<>();
        put(inputs, "start", startCommand("c2", demo()));
        put(inputs, "start, repeated", startCommand("c1", demo()));
        put(inputs, "start, not allowed", startCommand("c3", tooLong));
        put(inputs, "start, objected to", startCommand("c2", demo()), QueueSamples.objection("no such queue"));
        put(inputs, "start, id held", startCommand("c2", demo()), QueueSamples.heldBy("holder-1"));
        put(inputs, "start, held or taken", QueueSamples.takingHolder("c2"), QueueSamples.heldBy("holder-1"));
        put(inputs, "start, allowed", startCommand("c2", demo()), QueueSamples.allowed());
        put(inputs, "eager start", "w2", eagerlyStarted(demo()));
        inputs.put("eager start, past limits", given -> {
            var event = event("w2", 1, eagerlyStarted(demo()), stepCompleted(1));
            return new Input.EventReceived(event, true, 9, Given.NOW);
        });
        return inputs;
    }

    private static Map<String, Coming> commands() {
        Map<String, Coming> inputs = new LinkedHashMap<>();
        put(inputs, "cancel", Commands.cancel("c4"));
        put(inputs, "cancel without children", Commands.cancel("c4", false));
        put(inputs, "terminate", Commands.terminate("c4"));
        put(inputs, "terminate without children", Commands.terminate("c4", false));
        put(inputs, "pause", Commands.pause("c4"));
        put(inputs, "unpause", Commands.unpause("c4"));
        put(inputs, "resume", Commands.resume("c4"));
        put(inputs, "rewind to step 1", Commands.rewind("c4", 1));
        put(inputs, "rewind to step 9", Commands.rewind("c4", 9));
        put(inputs, "fork from step 1", Commands.fork("c4", "fork-1", 1));
        put(inputs, "fork from step 9", Commands.fork("c4", "fork-1", 9));
        put(inputs, "message", Commands.send("c4", "orders", "hello"));
        put(inputs, "resume on another queue", Commands.resume("c4", "other"));
        put(inputs, "resume, objected to", Commands.resume("c4", "other"), QueueSamples.objection("no such queue"));
        put(inputs, "resume, id held", Commands.resume("c4"), QueueSamples.heldBy("holder-1"));
        put(inputs, "rewind, id held", Commands.rewind("c4", 1), QueueSamples.heldBy("holder-1"));
        put(inputs, "fork, objected to", Commands.fork("c4", "fork-1", 1), QueueSamples.objection("no such queue"));
        put(inputs, "set priority", QueueSamples.setPriority("c4", 5));
        put(inputs, "set the same priority", QueueSamples.setPriority("c4", Limits.DEFAULT_PRIORITY));
        put(inputs, "set priority 0", QueueSamples.setPriority("c4", 0));
        put(
                inputs,
                "set priority, objected to",
                QueueSamples.setPriority("c4", 5),
                QueueSamples.objection("none here"));
        put(inputs, "move", QueueSamples.move("c4", "other", 5, "key"));
        put(inputs, "move to where it is", QueueSamples.move("c4", "default", null, null));
        put(
                inputs,
                "move, objected to",
                QueueSamples.move("c4", "other", 5, "key"),
                QueueSamples.objection("no such queue"));
        put(inputs, "command without a body", Commands.empty("c4"));
        return inputs;
    }

    /** Who runs it, and time. */
    private static Map<String, Coming> executions() {
        Map<String, Coming> inputs = new LinkedHashMap<>();
        inputs.put("assigned to w2", given -> new Input.WorkerAssigned("w2", 5, Given.NOW));
        inputs.put("matched with w2", given -> new Input.WorkerAssigned("w2", 5, 3, Given.NOW));
        inputs.put("w1 is lost", given -> new Input.OwnerLost("w1", false, Given.NOW));
        inputs.put("w1 has left", given -> new Input.OwnerLost("w1", true, Given.NOW));
        inputs.put("w2 is lost", given -> new Input.OwnerLost("w2", false, Given.NOW));
        inputs.put("wake time", given -> new Input.WakeTimeReached(9, Given.NOW));
        inputs.put("wake time, early", given -> new Input.WakeTimeReached(9, Given.NOW - 1));
        inputs.put("deadline", given -> new Input.DeadlineReached(Given.NOW));
        inputs.put("deadline, early", given -> new Input.DeadlineReached(Given.NOW - 1));
        long keptUntilMs = Given.BEGINNING + Given.RETENTION.ms();
        inputs.put("retention over", given -> new Input.RetentionOver(keptUntilMs));
        inputs.put("retention over, early", given -> new Input.RetentionOver(keptUntilMs - 1));
        return inputs;
    }

    /** What workers report. */
    private static Map<String, Coming> reports() {
        Map<String, Coming> inputs = new LinkedHashMap<>();
        put(inputs, "step of w1", "w1", stepCompleted(2));
        put(inputs, "step of w2", "w2", stepCompleted(2));
        put(inputs, "w1 completes", "w1", completed(0));
        put(inputs, "w1 completes with step 1", "w1", completed(1));
        put(inputs, "w1 fails", "w1", failed(0));
        put(inputs, "w1 lets go", "w1", released());
        put(inputs, "w1 parks", "w1", sleepStarted(2, Given.NOW), parked(2, Given.NOW));
        put(inputs, "w1 parks where nothing waits", "w1", parked(5, Given.NOW));
        put(inputs, "attempt of w1 failed", "w1", attemptFailed(2, 1, Given.NOW));
        put(inputs, "value of w1", "w1", valueRecorded(0, 0));
        put(inputs, "value set by w1", "w1", valueSet(2, "k", "v"));
        put(inputs, "heartbeat of w1's step", "w1", heartbeat(2, 1, "half"));
        put(inputs, "w1 receives", "w1", receiveStarted(2, "orders"));
        put(inputs, "w1 has seen message 1", "w1", receiveSeen(1, 1));
        put(inputs, "w1 has seen message 2", "w1", receiveSeen(1, 2));
        put(inputs, "w1 sends a message", "w1", messageSent(2, "other-1", "orders", "hello"));
        put(inputs, "w1 starts a child", "w1", childStarted(2, "child-2"));
        put(inputs, "w1 was told of a cancel", "w1", toldAt(2));
        put(inputs, "w1 was told while waiting", "w1", surfaced(1, 1));
        put(inputs, "w1's step is cancelled", "w1", stepCancelled(2));
        put(inputs, "w1's child step is cancelled", "w1", stepCancelled(1));
        put(inputs, "w1 ends because of the cancel", "w1", surfaced(0, 1), cancelled(0));
        put(inputs, "w1 ends, cancelled, with step 1", "w1", surfaced(1, 1), cancelled(1));
        put(inputs, "w1 ends, cancelled and never told", "w1", cancelled(0));
        return inputs;
    }

    private static Map<String, Coming> transfers() {
        String child = Situations.CHILD;
        Map<String, Coming> inputs = new LinkedHashMap<>();
        put(inputs, "parent starts it", Transfers.startChild(Situations.PARENT, Situations.PARENT_STEP));
        put(inputs, "another workflow starts it", Transfers.startChild("stranger-1", 1));
        put(inputs, "queue lets parent start it", QueueSamples.allowedChild(Situations.PARENT, Situations.PARENT_STEP));
        put(inputs, "queue does not", QueueSamples.objectedChild(Situations.PARENT, Situations.PARENT_STEP));
        put(inputs, "parent cancels it", Transfers.stopChild(Situations.PARENT, ParentClosePolicy.CANCEL));
        put(inputs, "parent terminates it", Transfers.stopChild(Situations.PARENT, ParentClosePolicy.TERMINATE));
        put(inputs, "another workflow cancels it", Transfers.stopChild("stranger-1", ParentClosePolicy.CANCEL));
        put(inputs, "another workflow terminates it", Transfers.stopChild("stranger-1", ParentClosePolicy.TERMINATE));
        put(inputs, "child has completed", Transfers.news(child, 1, WorkflowStatus.COMPLETED));
        put(inputs, "child is cancelled", Transfers.news(child, 1, WorkflowStatus.CANCELLED));
        put(inputs, "another's child has completed", Transfers.news("stranger-1", 1, WorkflowStatus.COMPLETED));
        put(inputs, "message of a workflow", Transfers.message("sender-1", 4, "orders", "hello"));
        put(inputs, "receipt of an earlier run's message", Transfers.receipt("other-1", 1, 1));
        put(inputs, "receipt of a message", Transfers.receipt("other-1", 1, 0));
        put(inputs, "copy, only part", Transfers.forkPart("source-1", "fork-2", 1, false, 1, 2));
        put(inputs, "copy, last part", Transfers.forkPart("source-1", "fork-1", 2, false, 2));
        put(inputs, "copy, part of another", Transfers.forkPart("source-1", "fork-2", 2, false, 2));
        put(inputs, "copy that nobody awaits is there", Transfers.forkReceipt("copy-1", "fork-3"));
        inputs.put("copy is there", EveryInput::awaitedReceipt);
        return inputs;
    }

    private static Input awaitedReceipt(Given given) {
        CommandReply awaited = Replies.reply("fork-3", "fork", Given.ID, CommandOutcome.UNKNOWN, Given.BEGINNING);
        return new Input.TransferReceived(Transfers.forkReceipt("copy-1", "fork-3"), awaited, 9, Given.NOW);
    }

    private static void put(Map<String, Coming> inputs, String name, Command command) {
        inputs.put(name, given -> given.asked(command));
    }

    private static void put(Map<String, Coming> inputs, String name, Command command, QueueAnswered answered) {
        inputs.put(name, given -> given.asked(command, answered));
    }

    private static void put(Map<String, Coming> inputs, String name, Transfer transfer) {
        inputs.put(name, given -> new Input.TransferReceived(transfer, 9, Given.NOW));
    }

    private static void put(Map<String, Coming> inputs, String name, String workerId, WorkerFact... facts) {
        List<WorkerFact> reported = new ArrayList<>(List.of(facts));
        inputs.put(
                name,
                given ->
                        new Input.EventReceived(event(workerId, 1, reported.toArray(WorkerFact[]::new)), 9, Given.NOW));
    }
}
