package io.millrace.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workflows that nobody there can run: they say what they wait for, and run when it comes. */
final class NoWorkerCrashIT {
    private static final String OTHER_TYPE = "crash.other";

    @RegisterExtension
    static final SharedServer SERVER = new SharedServer();

    @RegisterExtension
    final Children children = new Children();

    @Test
    void shouldSayWhichWorkerIsMissingAndRunWhenItComes() throws Exception {
        Stage stage = SERVER.stage(children, "nobodys");
        ApiProbe api = new ApiProbe(SERVER.apiUrl());
        api.awaitReady();
        try (MillraceClient client = stage.connect()) {
            WorkflowHandle<Integer> noQueue = stage.start(client, "no-queue", GatedWorkflow.Input.steps(1));
            assertWaitsFor(api, "no-queue", "queue \"nobodys\": none is alive");

            stage.startWorker("worker", Stage.LEASE);
            assertEquals(1, noQueue.result(Stage.PATIENCE));

            WorkflowHandle<Integer> noType = client.start(
                    OTHER_TYPE,
                    GatedWorkflow.Input.steps(1),
                    Integer.class,
                    StartOptions.workflowId("no-type").queue(stage.queue()));
            assertWaitsFor(api, "no-type", "workflow type \"" + OTHER_TYPE + "\": none is alive");

            stage.startWorker("other-worker", OTHER_TYPE, Stage.LEASE);
            assertEquals(1, noType.result(Stage.PATIENCE));
        }
    }

    private static void assertWaitsFor(ApiProbe api, String workflowId, String what) throws Exception {
        String waitingFor = api.workflow(workflowId).path("waitingFor").asText();
        assertTrue(waitingFor.contains(what), waitingFor);
        assertEquals("ENQUEUED", api.workflow(workflowId).path("status").asText());
    }
}
