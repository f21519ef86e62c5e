package io.millrace.standalone.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.CommandRejectedException;
import io.millrace.client.MessageOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.client.WorkflowNotFoundException;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.worker.MessageRejectedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages come to workflows in order and once, whenever they are sent; values show how far a workflow is. */
final class MessageAcceptanceIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    /** Starts a worker whose workflows receive as many messages as their input says, and return them one behind the other. */
    private void workReceiving() {
        scene.work("receiving", Integer.class, (ctx, count) -> {
            List<String> received = new ArrayList<>();
            for (int n = 0; n < count; n++) {
                received.add(ctx.receive("news", String.class));
            }
            return String.join(",", received);
        });
    }

    @Test
    void shouldKeepMessagesThatComeBeforeTheWaitInTheirOrder() {
        // given a workflow that no worker has begun
        WorkflowHandle<String> workflow = scene.start("receiving", "receiving", 10);
        List<String> sent = IntStream.rangeClosed(1, 10).mapToObj(n -> "m" + n).toList();
        // when messages are sent, and a worker comes then
        sent.forEach(message -> workflow.send("news", message));
        workReceiving();
        // then it receives all of them in that order
        assertEquals(String.join(",", sent), workflow.result(Scene.PATIENCE));
        assertEquals(10, Scene.facts(workflow, "messageReceived").size());
        assertEquals(10, Scene.facts(workflow, "messageDelivered").size());
    }

    @Test
    void shouldWakeAWorkflowThatNoWorkerHolds() {
        // given a workflow that has waited so long that its worker has let go of it
        workReceiving();
        WorkflowHandle<String> workflow = scene.start("receiving", "receiving", 2);
        workflow.send("news", "first");
        Scene.awaitFact(workflow, "parked");
        // when the message comes, then the workflow goes on
        workflow.send("news", "second");
        assertEquals("first,second", workflow.result(Scene.PATIENCE));
    }

    @Test
    void shouldReceiveEachTopicByItself() {
        // given a workflow that first wants a message of one topic and then one of another
        scene.work(
                "choosy",
                String.class,
                (ctx, input) -> ctx.receive("first", String.class) + ctx.receive("second", String.class));
        WorkflowHandle<String> workflow = scene.start("choosy", "choosy", null);
        // when they come the other way round, then it has each where it wants it
        workflow.send("second", "b");
        workflow.send("first", "a");
        assertEquals("ab", workflow.result(Scene.PATIENCE));
    }

    @Test
    void shouldTakeAMessageOfTheSameKeyOnce() {
        // given a workflow that wants two messages
        workReceiving();
        WorkflowHandle<String> workflow = scene.start("receiving", "receiving", 2);
        // when one is sent twice under one key, and another one
        MessageOptions once = MessageOptions.none().idempotencyKey("payment-17");
        workflow.send("news", "paid", once);
        assertTrue(workflow.send("news", "paid", once).note().isPresent());
        workflow.send("news", "shipped");
        // then it has received the first once
        assertEquals("paid,shipped", workflow.result(Scene.PATIENCE));
        assertEquals(2, Scene.facts(workflow, "messageReceived").size());
    }

    @Test
    void shouldReturnNothingWhenTheTimeIsOver() {
        // given a workflow that waits for a message for a while, longer than a worker holds on to it, and then for
        // another one
        scene.work("patient", String.class, (ctx, input) -> {
            Optional<String> first = ctx.receive("news", String.class, Duration.ofMillis(1_500));
            Optional<String> second = ctx.receive("news", String.class, Duration.ZERO);
            String third = ctx.receive("news", String.class);
            return first + " " + second + " " + third;
        });
        // when nothing comes in time, and something afterwards
        WorkflowHandle<String> workflow = scene.start("patient", "patient", null);
        await("the third wait")
                .atMost(Scene.PATIENCE)
                .until(() -> scene.steps(workflow).size() == 3);
        workflow.send("news", "late");
        // then it has seen nothing first, and the message afterwards
        assertEquals("Optional.empty Optional.empty late", workflow.result(Scene.PATIENCE));
    }

    @Test
    void shouldRefuseMessagesToClosedWorkflowsAndToNobody() {
        // given a workflow that has completed
        workReceiving();
        WorkflowHandle<String> workflow = scene.start("receiving", "receiving", 0);
        workflow.result(Scene.PATIENCE);
        // when a message is sent to it, then that is refused
        CommandRejectedException closed =
                assertThrows(CommandRejectedException.class, () -> workflow.send("news", "too late"));
        assertEquals(WorkflowStatus.COMPLETED, closed.status());
        assertTrue(closed.reason().contains("COMPLETED"), closed.reason());
        assertEquals(List.of(), Scene.facts(workflow, "messageReceived"));
        // when one is sent to nobody, then that is refused too
        WorkflowHandle<String> nobody = scene.client().workflow(scene.id("nobody"), String.class);
        assertThrows(WorkflowNotFoundException.class, () -> nobody.send("news", "hello?"));
    }

    @Test
    void shouldSendFromOneWorkflowToAnother() {
        // given a workflow that waits, and one that sends it three messages
        workReceiving();
        scene.work("sending", String.class, (ctx, to) -> {
            for (int n = 1; n <= 3; n++) {
                ctx.send(to, "news", "m" + n);
            }
            return "sent";
        });
        WorkflowHandle<String> receiver = scene.start("receiver", "receiving", 3);
        // when that one runs
        WorkflowHandle<String> sender = scene.start("sender", "sending", receiver.workflowId());
        // then they have come in their order, and each is a step of the sender's
        assertEquals("sent", sender.result(Scene.PATIENCE));
        assertEquals("m1,m2,m3", receiver.result(Scene.PATIENCE));
        assertEquals(3, scene.steps(sender).size());
        assertEquals(
                "workflow " + sender.workflowId(),
                Scene.facts(receiver, "messageReceived").get(0).details().get("sender"));
    }

    @Test
    void shouldTellAWorkflowThatItsMessageWasRefused() {
        // given a workflow that sends to nobody
        scene.work("sending", String.class, (ctx, to) -> {
            try {
                ctx.send(to, "news", "hello?");
                return "sent";
            } catch (MessageRejectedException e) {
                return e.workflowId();
            }
        });
        // when it runs, then it has seen that nobody took the message
        String nobody = scene.id("nobody");
        assertEquals(nobody, scene.start("sender", "sending", nobody).result(Scene.PATIENCE));
    }

    @Test
    void shouldShowAValueToWhoeverWaitsForIt() {
        // given a workflow that will set a value
        Gate gate = scene.gate();
        Gate end = scene.gate();
        scene.work("showing", String.class, (ctx, input) -> {
            ctx.step("prepare", gate::pass);
            ctx.setValue("progress", 40);
            ctx.setValue("nothing", null);
            ctx.step("finish", end::pass);
            ctx.setValue("progress", 100);
            return "done";
        });
        WorkflowHandle<String> workflow = scene.start("showing", "showing", null);
        gate.awaitArrival();
        // when it has not yet, then there is none, and whoever waits for it gets it as soon as it is there
        assertEquals(Optional.empty(), workflow.value("progress", Integer.class));
        assertEquals(Optional.empty(), workflow.value("progress", Integer.class, Duration.ofMillis(200)));
        gate.open();
        assertEquals(Optional.of(40), workflow.value("progress", Integer.class, Scene.PATIENCE));
        // when it has ended, then the last one stays, and nobody waits for one that never comes
        end.open();
        workflow.result(Scene.PATIENCE);
        assertEquals(Optional.of(100), workflow.value("progress", Integer.class));
        assertEquals(Optional.empty(), workflow.value("nothing", Integer.class));
        assertEquals(Optional.empty(), workflow.value("never", Integer.class, Duration.ofHours(1)));
    }
}
