package io.millrace.standalone.crash;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.millrace.client.MillraceClient;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Revoked;
import io.millrace.schemas.StepCompleted;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker that stands still for longer than its lease, and then goes on where it was. */
final class FrozenWorkerCrashIT {
    @RegisterExtension
    static final SharedServer SERVER = new SharedServer();

    @RegisterExtension
    final Children children = new Children();

    @Test
    void shouldKeepAFrozenWorkerFromChangingAnythingAndTakeItBackUnderANewId() {
        Stage stage = SERVER.stage(children, "frozen");
        ChildProcess one = stage.startWorker("one", Stage.LEASE);
        ChildProcess other = stage.startWorker("other", Stage.LEASE);
        try (MillraceClient client = stage.connect()) {
            WorkflowHandle<Integer> workflow =
                    stage.start(client, "frozen", GatedWorkflow.Input.steps(5).gateAt(3));
            ChildProcess frozen = stage.awaitStep("frozen", 3, 1);
            ChildProcess sound = frozen == one ? other : one;
            String oldId = stage.effects().of("frozen", 3).get(0).workerId();
            frozen.freeze();
            assertEquals(sound, stage.awaitStep("frozen", 3, 2));
            // Its step ends as soon as it can move again, as the other one's does.
            stage.gates().open("frozen");
            frozen.thaw();
            assertEquals(5, workflow.result(Stage.PATIENCE));
            // What it would have sent, had it moved one instant before it looked at its lease.
            StrayProducer.send(stage, Topic.EVENTS, "frozen", WorkerEvent.class, lateStep(oldId));
            awaitRevoked(stage, oldId);

            List<Effects.Effect> byTheFrozen = stage.effects().of("frozen").stream()
                    .filter(effect -> effect.pid() == frozen.pid())
                    .toList();
            assertEquals(
                    List.of(1, 2, 3),
                    byTheFrozen.stream().map(Effects.Effect::seq).toList());
            RecordedHistory history = stage.history("frozen");
            history.check();
            assertEquals(List.of(1, 2, 3, 4, 5), history.completedSteps());
            assertEquals(List.of(1L, 2L), history.epochs());

            sound.kill();
            assertEquals(
                    1,
                    stage.start(client, "afterwards", GatedWorkflow.Input.steps(1))
                            .result(Stage.PATIENCE));
            Effects.Effect afterwards = stage.effects().of("afterwards", 1).get(0);
            assertEquals(frozen.pid(), afterwards.pid());
            assertNotEquals(oldId, afterwards.workerId());
        }
    }

    private static WorkerEvent lateStep(String workerId) {
        long now = System.currentTimeMillis();
        StepCompleted late = StepCompleted.newBuilder()
                .setSeq(3)
                .setName("step-3")
                .setStartedAtMs(now)
                .setCompletedAtMs(now)
                .build();
        return WorkerEvent.newBuilder()
                .setWorkerId(workerId)
                .setEpoch(1)
                .setFacts(List.of(WorkerFact.newBuilder().setStepCompleted(late).build()))
                .build();
    }

    private static void awaitRevoked(Stage stage, String workerId) {
        await("the late step to be rejected")
                .atMost(Stage.PATIENCE)
                .until(() -> stage.topics().read(Topic.INBOX, InboxMessage.class, workerId).stream()
                        .map(InboxMessage::getRevoked)
                        .filter(Objects::nonNull)
                        .anyMatch(FrozenWorkerCrashIT::isOfTheFirstEpoch));
    }

    private static boolean isOfTheFirstEpoch(Revoked revoked) {
        return revoked.getWorkflowId().equals("frozen") && revoked.getEpoch() == 1;
    }
}
