package io.millrace.engine.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.Samples;
import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds in every life of a workflow, whatever comes in which order. */
class MachineLawsTest {
    private static final String ID = "order-1";
    private static final int MOST_ROUNDS = 20;
    private static final long KEPT_MS = 1_000;

    /** What others tell, or somebody asks without an effect, goes on record of a closed one too. */
    private static final Set<FactKind> AFTER_THE_END = EnumSet.of(
            FactKind.COMMAND_NOTED,
            FactKind.CHILD_ENDED,
            FactKind.MESSAGE_ANSWERED,
            FactKind.FORK_ASKED,
            FactKind.FORK_ANSWERED,
            FactKind.STEPS_COPIED);

    static {
        Samples.ready();
    }

    private final WorkflowMachine machine = new WorkflowMachine(3, Retention.of(Duration.ofMillis(KEPT_MS)));

    @Test
    void shouldHoldInEveryLife() {
        Set<FactKind> met = EnumSet.noneOf(FactKind.class);
        boolean oneSeed = Long.getLong("seed") != null;
        Set<FactKind> wanted = oneSeed ? Set.of() : EnumSet.allOf(FactKind.class);
        int rounds = 0;
        do {
            Seeded.forEach(3_000, chance -> liveAndJudge(chance, met));
            rounds++;
            // Some facts are rare; that the lives go on until all were met is not left to chance.
        } while (!met.containsAll(wanted) && rounds < MOST_ROUNDS);
        assertTrue(met.containsAll(wanted), () -> "what no life has met shows nothing; met: " + met);
    }

    private void liveAndJudge(Seeded chance, Set<FactKind> met) {
        Life life = new Life(chance);
        for (int i = 0; i < 80; i++) {
            life.live();
        }
        life.judge();
        met.addAll(life.met);
    }

    private final class Life {
        private final Seeded chance;
        private final AnyInput any;
        private final List<HistoryEntry> history = new ArrayList<>();
        private final Map<String, CommandReply> answered = new HashMap<>();
        private final Map<String, CommandReply> answeredKeys = new HashMap<>();
        private @Nullable StoredWorkflow workflow;
        private long now = 1_000;
        private final Set<FactKind> met = EnumSet.noneOf(FactKind.class);
        private int commands;

        private Life(Seeded chance) {
            this.chance = chance;
            this.any = new AnyInput(chance);
        }

        private void judge() {
            RecordLaws laws = new RecordLaws(ID, history, workflow);
            laws.mustBeTheFoldOfItsHistory();
            laws.mustAgreeWithItsJournal();
            laws.mustHaveRecordedEachStepOnce();
            laws.mustHaveHadOneOwnerInEachEpoch();
            history.forEach(entry -> entry.getFacts().forEach(fact -> met.add(FactKind.of(fact))));
        }

        private void live() {
            now += chance.below(30);
            Input input = anything();
            StoredWorkflow before = copy();
            Decision decision = machine.decide(ID, workflow, input);
            assertEquals(before, workflow, "to decide changes nothing");
            assertEquals(decision, machine.decide(ID, workflow, again(input)), "to decide again is to decide the same");
            take(decision);
            if (before != null
                    && workflow != null
                    && !Statuses.isOpen(before.getState().getStatus())) {
                mustStayClosed(before, decision);
            }
            if (input instanceof Input.CommandReceived command) {
                mustBeAnswered(command.command(), decision);
            } else if (input instanceof Input.EventReceived event) {
                mustNotCountTwice(event);
            } else if (input instanceof Input.TransferReceived told) {
                mustNotCountTwice(told.transfer());
            }
        }

        /** Two journals of the same history are not equal; all else of an input is what it was. */
        private Input again(Input input) {
            return input instanceof Input.CommandReceived command
                    ? new Input.CommandReceived(
                            command.command(),
                            command.answered(),
                            journal(),
                            command.queueAnswered(),
                            command.queueOrder(),
                            command.atMs())
                    : input;
        }

        private void take(Decision decision) {
            if (WorkflowMachine.purges(decision.facts())) {
                purge(decision);
            } else if (!decision.facts().isEmpty()) {
                StoredWorkflow after = new FactApplier(ID).applyAll(workflow, decision.facts(), now);
                after.setHistoryNumber(after.getHistoryNumber() + 1);
                history.add(new HistoryEntry(after.getHistoryNumber(), now, decision.facts()));
                workflow = after;
            }
            for (HistoryFact fact : decision.facts()) {
                if (fact.getForkAsked() != null) {
                    String commandId = fact.getForkAsked().getCommandId();
                    answered.put(commandId, Replies.reply(commandId, "fork", ID, CommandOutcome.UNKNOWN, now));
                }
            }
            for (Message message : decision.messages()) {
                if (message instanceof Message.Reply reply && workflow != null) {
                    answered.put(reply.reply().getCommandId(), reply.reply());
                    keepKeys(decision, reply.reply());
                }
            }
        }

        /** It is gone, and whatever comes next comes to an id that nobody has used. */
        private void purge(Decision decision) {
            assertNotNull(workflow);
            assertFalse(Statuses.isOpen(status()), "nothing open is purged");
            assertTrue(now - workflow.getState().getCompletedAtMs() >= KEPT_MS, "nothing is purged before its time");
            assertEquals(1, decision.facts().size());
            assertEquals(List.of(), decision.messages());
            judge();
            met.add(FactKind.PURGED);
            workflow = null;
            history.clear();
            answered.clear();
            answeredKeys.clear();
        }

        private void keepKeys(Decision decision, CommandReply reply) {
            for (HistoryFact fact : decision.facts()) {
                if (fact.getMessageReceived() != null
                        && fact.getMessageReceived().getIdempotencyKey() != null) {
                    assertEquals(
                            null,
                            answeredKeys.put(fact.getMessageReceived().getIdempotencyKey(), reply),
                            "a message of a key is taken once");
                }
            }
        }

        private void mustStayClosed(StoredWorkflow before, Decision decision) {
            boolean reopened = decision.facts().stream().anyMatch(fact -> fact.getReopened() != null);
            boolean copied = decision.facts().stream().anyMatch(fact -> fact.getStepsCopied() != null);
            if (reopened) {
                assertEquals(WorkflowStatus.ENQUEUED, status());
                return;
            }
            assertEquals(before.getState().getStatus(), status(), "closed is closed");
            for (HistoryFact fact : decision.facts()) {
                boolean allowed =
                        AFTER_THE_END.contains(FactKind.of(fact)) || (copied && fact.getMessageReceived() != null);
                assertTrue(allowed, "closed is closed: " + fact);
            }
        }

        private void mustBeAnswered(Command command, Decision decision) {
            List<CommandReply> replies = new ArrayList<>();
            for (Message message : decision.messages()) {
                if (message instanceof Message.Reply reply) {
                    replies.add(reply.reply());
                }
            }
            CommandReply known = answered.get(command.getCommandId());
            boolean awaited = known != null && known.getOutcome() == CommandOutcome.UNKNOWN;
            assertEquals(awaited ? 0 : 1, replies.size(), () -> "one answer to " + command + ": " + decision);
            if (workflow == null || awaited) {
                return;
            }
            Decision again = machine.decide(ID, workflow, received(command));
            assertEquals(List.of(), again.facts(), "a command counts once");
            assertEquals(List.of(new Message.Reply(replies.get(0), command.getReplyPartition())), again.messages());
        }

        private void mustNotCountTwice(Input.EventReceived event) {
            Decision again = machine.decide(ID, workflow, event);
            List<HistoryFact> counted = again.facts().stream()
                    .filter(fact -> fact.getStepHeartbeat() == null)
                    .toList();
            assertEquals(List.of(), counted, "a record that comes twice counts once: " + event);
        }

        /** Kafka delivers each once; but what a workflow is told of its family must not depend on it. */
        private void mustNotCountTwice(Transfer transfer) {
            boolean each = transfer.getMessage() != null || transfer.getForkPart() != null;
            if (!each) {
                Decision again = machine.decide(ID, workflow, received(transfer));
                assertEquals(List.of(), again.facts(), "it was told before: " + transfer);
            }
        }

        private WorkflowStatus status() {
            assertNotNull(workflow);
            return workflow.getState().getStatus();
        }

        private @Nullable StoredWorkflow copy() {
            return workflow == null ? null : StoredWorkflow.newBuilder(workflow).build();
        }

        private Journal journal() {
            Journal journal = new Journal();
            history.forEach(journal::add);
            return journal;
        }

        private Input anything() {
            return switch (chance.below(17)) {
                case 0, 1, 2 -> received(any.command(++commands));
                case 3, 4 -> received(any.transfer());
                case 5, 6 -> assigned();
                case 7 -> new Input.OwnerLost(any.worker(), chance.percent(50), now);
                case 8 -> new Input.WakeTimeReached(now, now);
                case 9 -> new Input.DeadlineReached(now);
                case 10 -> new Input.RetentionOver(now);
                default -> new Input.EventReceived(event(), chance.percent(20), now, now);
            };
        }

        private Input assigned() {
            Input assigned = new Input.WorkerAssigned(any.worker(), now, chance.percent(50) ? 3 : null, now);
            boolean granted = !machine.decide(ID, workflow, assigned).facts().isEmpty();
            boolean free = workflow != null
                    && Statuses.ownerOf(workflow) == null
                    && EnumSet.of(WorkflowStatus.ENQUEUED, WorkflowStatus.RUNNING, WorkflowStatus.CANCELLING)
                            .contains(status());
            assertFalse(granted && !free, () -> "granted to somebody: " + workflow);
            return assigned;
        }

        private Input received(Command command) {
            CommandReply reply = answered.get(command.getCommandId());
            String key = command.getSendMessage() == null
                    ? null
                    : command.getSendMessage().getIdempotencyKey();
            if (reply == null && key != null) {
                reply = answeredKeys.get(key);
            }
            return new Input.CommandReceived(
                    command, workflow == null ? null : reply, journal(), any.answerOfQueue(), now, now);
        }

        private Input received(Transfer transfer) {
            CommandReply reply = transfer.getForkReceipt() == null
                    ? null
                    : answered.get(transfer.getForkReceipt().getAnswered().getCommandId());
            return new Input.TransferReceived(transfer, reply, now, now);
        }

        /** Mostly of the owner, who else would hardly ever come to report something. */
        private WorkerEvent event() {
            String owner = workflow == null ? null : Statuses.ownerOf(workflow);
            boolean byOwner = owner != null && workflow != null && chance.percent(90);
            long epoch = byOwner ? workflow.getState().getEpoch() : chance.between(0, 3);
            return Samples.event(byOwner ? owner : any.worker(), epoch, any.facts(workflow, now));
        }
    }
}
