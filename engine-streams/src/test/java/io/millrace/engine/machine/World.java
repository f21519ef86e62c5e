package io.millrace.engine.machine;

import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.event;
import static io.millrace.engine.testing.Samples.startCommand;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Several workflows that tell each other things, as the machine decides on them one after the other. */
final class World {
    private final Map<String, Given> workflows = new TreeMap<>();
    private final Deque<Message.ToWorkflow> underWay = new ArrayDeque<>();
    private final List<Message.ToWorker> notices = new ArrayList<>();
    private final Map<String, CommandReply> replies = new LinkedHashMap<>();
    private final Map<String, CommandReply> answered = new HashMap<>();
    private boolean held;
    private int commands;

    /** A workflow is started, and granted to "w1". */
    World runs(String id) {
        commands(id, startCommand("start-" + ++commands, demo()));
        return granted(id);
    }

    World granted(String id) {
        return take(id, new Input.WorkerAssigned("w1", of(id).state().getEpoch() + 1, Given.NOW));
    }

    /** Somebody commands, and all that follows from it has happened. */
    World commands(String id, Command command) {
        Input.CommandReceived asked = (Input.CommandReceived) of(id).asked(command);
        Input input = new Input.CommandReceived(
                command,
                answered.get(command.getCommandId()),
                asked.journal(),
                asked.queueAnswered(),
                asked.queueOrder(),
                asked.atMs());
        return take(id, input);
    }

    /** The owner reports, and all that follows from it has happened. */
    World reports(String id, WorkerFact... facts) {
        String owner = Statuses.ownerOf(of(id).workflow());
        if (owner == null) {
            throw new AssertionError("nobody owns " + id + ": " + of(id).state());
        }
        return take(id, new Input.EventReceived(event(owner, of(id).state().getEpoch(), facts), Given.NOW, Given.NOW));
    }

    World take(String id, Input input) {
        Given given = of(id);
        Decision decision = given.when(input);
        List<Message> messages = new ArrayList<>();
        if (!decision.facts().isEmpty()) {
            Given after = given.and(decision.facts().toArray(HistoryFact[]::new));
            workflows.put(id, after);
            if (WorkflowMachine.closes(decision.facts())) {
                messages.addAll(WorkflowMachine.afterClosing(after.workflow()));
            }
        }
        messages.addAll(decision.messages());
        decision.facts().forEach(this::await);
        messages.forEach(this::send);
        if (!held) {
            deliver();
        }
        return this;
    }

    /** A fork is answered later. */
    private void await(HistoryFact fact) {
        if (fact.getForkAsked() != null) {
            String commandId = fact.getForkAsked().getCommandId();
            answered.put(commandId, Replies.reply(commandId, "fork", Given.ID, CommandOutcome.UNKNOWN, Given.NOW));
        }
    }

    /** From here on nothing that workflows tell each other arrives. */
    World hold() {
        held = true;
        return this;
    }

    /** What was held arrives, and what follows from it. */
    World deliver() {
        held = false;
        while (!underWay.isEmpty()) {
            Message.ToWorkflow next = underWay.removeFirst();
            CommandReply reply = next.body().getForkReceipt() == null
                    ? null
                    : answered.get(next.body().getForkReceipt().getAnswered().getCommandId());
            take(next.workflowId(), new Input.TransferReceived(next.body(), reply, Given.NOW, Given.NOW));
        }
        return this;
    }

    private void send(Message message) {
        if (message instanceof Message.ToWorkflow told) {
            underWay.addLast(told);
        } else if (message instanceof Message.ToWorker notice) {
            notices.add(notice);
        } else if (message instanceof Message.Reply reply) {
            CommandReply before = replies.put(reply.reply().getCommandId(), reply.reply());
            if (before != null && !before.equals(reply.reply())) {
                throw new AssertionError("answered in two ways: " + before + ", " + reply);
            }
            answered.put(reply.reply().getCommandId(), reply.reply());
        }
    }

    Given of(String id) {
        return workflows.getOrDefault(id, Given.nothing(id));
    }

    WorkflowState state(String id) {
        return of(id).state();
    }

    WorkflowStatus status(String id) {
        return of(id).isNothing() ? WorkflowStatus.UNKNOWN : state(id).getStatus();
    }

    CommandReply reply(String commandId) {
        CommandReply reply = replies.get(commandId);
        if (reply == null) {
            throw new AssertionError("no reply to " + commandId + " among " + replies.keySet());
        }
        return reply;
    }

    boolean isAnswered(String commandId) {
        return replies.containsKey(commandId);
    }

    /** What workflows are being told, in order. */
    List<Transfer> underWay() {
        return underWay.stream().map(Message.ToWorkflow::body).toList();
    }

    /** What workers were told, in order. */
    List<InboxMessage> notices() {
        return notices.stream().map(Message.ToWorker::body).toList();
    }
}
