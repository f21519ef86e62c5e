package io.millrace.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.MillraceClient;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.Grant;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Topic;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A history that no single record can hold. */
final class LargeHistoryCrashIT {
    private static final int STEPS = 5_000;
    private static final int GATE = STEPS - 10;
    private static final int STEP_BYTES = 2_048;

    @RegisterExtension
    static final SharedServer SERVER = new SharedServer();

    @RegisterExtension
    final Children children = new Children();

    @Test
    void shouldRecoverALongHistoryOnAnotherWorkerWithoutRunningAStepTwice() {
        Stage stage = SERVER.stage(children, "large-history");
        stage.startWorker("one", Stage.LEASE);
        stage.startWorker("other", Stage.LEASE);
        try (MillraceClient client = stage.connect()) {
            long started = System.nanoTime();
            WorkflowHandle<Integer> workflow = stage.start(
                    client,
                    "long",
                    GatedWorkflow.Input.steps(STEPS).returning(STEP_BYTES).gateAt(GATE));
            stage.awaitStep("long", GATE, 1).kill();
            Stage.report("ran " + GATE + " steps of " + STEP_BYTES + " bytes", started);
            long killed = System.nanoTime();
            stage.gates().open("long");

            assertEquals(STEPS, workflow.result(Stage.PATIENCE));
            Stage.report("completed after kill -9 of its worker", killed);
            assertEquals(eachOnceButTheGateTwice(), stage.effects().steps("long"));
            RecordedHistory history = stage.history("long");
            history.check();
            assertEquals(IntStream.rangeClosed(1, STEPS).boxed().toList(), history.completedSteps());
            assertTrue(partsOfTheSecondGrant(stage) > 1, "the test is to need a grant of several parts");
        }
    }

    private static List<Integer> eachOnceButTheGateTwice() {
        return IntStream.concat(IntStream.rangeClosed(1, GATE), IntStream.rangeClosed(GATE, STEPS))
                .boxed()
                .toList();
    }

    private static int partsOfTheSecondGrant(Stage stage) {
        return stage.topics().read(Topic.INBOX, InboxMessage.class).stream()
                .map(entry -> entry.value().getGrant())
                .filter(Objects::nonNull)
                .filter(grant -> grant.getWorkflowId().equals("long") && grant.getEpoch() == 2)
                .mapToInt(Grant::getParts)
                .max()
                .orElse(0);
    }
}
