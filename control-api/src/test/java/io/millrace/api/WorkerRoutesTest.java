package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.client.SeenWorker;
import io.millrace.schemas.WorkerHeartbeat;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkerRoutesTest extends ApiTest {
    @Test
    void shouldListWorkersByIdAndHowTheyStand() throws Exception {
        start("a", "b", "c");
        for (String workflowId : List.of("a", "b")) {
            engine.workflow(workflowId).setStatus(WorkflowStatus.RUNNING);
            engine.workflow(workflowId).setWorkerId("w-1");
        }
        engine.add(worker("w-2", "1.4", true, false));
        engine.add(worker("w-3", null, true, true));
        engine.add(worker("w-1", null, false, false));

        assertEquals(
                "{\"items\":["
                        + "{\"workerId\":\"w-1\",\"host\":\"h\",\"version\":null,\"queues\":[\"a\",\"b\"],\"workflowTypes\":[\"t\"],"
                        + "\"slots\":16,\"running\":2,\"status\":\"ALIVE\",\"startedAt\":\"2026-01-01T00:00:00Z\","
                        + "\"lastHeartbeatAt\":\"2026-01-01T00:00:05Z\",\"lease\":\"PT10S\"},"
                        + "{\"workerId\":\"w-2\",\"host\":\"h\",\"version\":\"1.4\",\"queues\":[\"a\",\"b\"],\"workflowTypes\":[\"t\"],"
                        + "\"slots\":16,\"running\":0,\"status\":\"STOPPING\",\"startedAt\":\"2026-01-01T00:00:00Z\","
                        + "\"lastHeartbeatAt\":\"2026-01-01T00:00:05Z\",\"lease\":\"PT10S\"},"
                        + "{\"workerId\":\"w-3\",\"host\":\"h\",\"version\":null,\"queues\":[\"a\",\"b\"],\"workflowTypes\":[\"t\"],"
                        + "\"slots\":16,\"running\":0,\"status\":\"LOST\",\"startedAt\":\"2026-01-01T00:00:00Z\","
                        + "\"lastHeartbeatAt\":\"2026-01-01T00:00:05Z\",\"lease\":\"PT10S\"}]}",
                get("/workers").body());
    }

    @Test
    void shouldRefuseParametersAndSayWhenKafkaIsAway() throws Exception {
        assertEquals(
                "status",
                problem(400, get("/workers?status=ALIVE")).get("field").asText());
        engine.fallSilent();
        problem(503, get("/workers"));
    }

    private static SeenWorker worker(String id, @Nullable String version, boolean stopping, boolean lost) {
        WorkerHeartbeat heartbeat = WorkerHeartbeat.newBuilder()
                .setHost("h")
                .setStartedAtMs(1_767_225_600_000L)
                .setLeaseMs(10_000)
                .setQueues(List.of("b", "a"))
                .setWorkflowTypes(List.of("t"))
                .setApplicationVersion(version)
                .setSlots(16)
                .setStopping(stopping)
                .build();
        return new SeenWorker(id, heartbeat, 1_767_225_605_000L, lost);
    }
}
