package io.millrace.benchmarks.compare.littlehorse;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.littlehorse.sdk.common.config.LHConfig;
import io.littlehorse.sdk.common.proto.AwaitWorkflowEventRequest;
import io.littlehorse.sdk.common.proto.LHStatus;
import io.littlehorse.sdk.common.proto.LittleHorseGrpc.LittleHorseBlockingStub;
import io.littlehorse.sdk.common.proto.RunWfRequest;
import io.littlehorse.sdk.common.proto.SearchWfRunRequest;
import io.littlehorse.sdk.common.proto.VariableValue;
import io.littlehorse.sdk.common.proto.WfRunId;
import io.littlehorse.sdk.common.proto.WorkflowEventDefId;
import io.littlehorse.sdk.wfsdk.TaskNodeOutput;
import io.littlehorse.sdk.wfsdk.WfRunVariable;
import io.littlehorse.sdk.wfsdk.Workflow;
import io.littlehorse.sdk.worker.LHTaskWorker;
import io.millrace.benchmarks.compare.driver.Peer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Steps are tasks, which a worker takes from the server by gRPC; a workflow ends with an event that its caller waits for, which is how LittleHorse
 * hands back a result. Its workflows always run on the server and its tasks in a worker, so there is no calling in one process.
 */
public final class LittleHorsePeer implements Peer {
    /** The settings of LittleHorse's own client. */
    public static final String HOST = "LHC_API_HOST";

    /** The port of the server. */
    public static final String PORT = "LHC_API_PORT";

    private static final String DONE = "compare-done";
    private static final String PAYLOAD = "payload";
    private static final String BACKLOG_WORKFLOW = "backlog";
    private static final long LOOK_AGAIN_MS = 50;
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    /** A workflow's steps are part of its specification, so there is one for each number that is measured. */
    private static final int[] STEP_NUMBERS = {1, 5, 21};

    private @Nullable LHConfig config;
    private @Nullable LittleHorseBlockingStub stub;

    /** Made by name, in the driver's process. */
    public LittleHorsePeer() {}

    @Override
    public void open(Role role, Map<String, String> settings) throws InterruptedException {
        LHConfig connected = new LHConfig(Map.<String, Object>copyOf(settings));
        config = connected;
        stub = connected.getBlockingStub();
        if (role == Role.WORKER) {
            registerWhenReady(connected);
            work(StepTask.NAME);
        }
    }

    @Override
    public String run(int steps, String payload) {
        WfRunId id = start(workflow(steps), payload);
        return stub().awaitWorkflowEvent(AwaitWorkflowEventRequest.newBuilder()
                        .setWfRunId(id)
                        .addEventDefIds(WorkflowEventDefId.newBuilder().setName(DONE))
                        .build())
                .getContent()
                .getStr();
    }

    @Override
    public void enqueue(String payload) {
        start(BACKLOG_WORKFLOW, payload);
    }

    @Override
    public void serveBacklog() {
        work(StepTask.BACKLOG_NAME);
    }

    @Override
    public void awaitDrained() throws InterruptedException {
        SearchWfRunRequest running = SearchWfRunRequest.newBuilder()
                .setWfSpecName(BACKLOG_WORKFLOW)
                .setStatus(LHStatus.RUNNING)
                .setLimit(1)
                .build();
        while (stub().searchWfRun(running).getResultsCount() > 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
    }

    @Override
    public String version() {
        String jar = LHConfig.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return jar.replaceAll(".*littlehorse-client-(.*)\\.jar", "$1");
    }

    private WfRunId start(String workflow, String payload) {
        return stub().runWf(RunWfRequest.newBuilder()
                        .setWfSpecName(workflow)
                        .putVariables(
                                PAYLOAD,
                                VariableValue.newBuilder().setStr(payload).build())
                        .build())
                .getId();
    }

    /** The server says that it is ready some time before its first partition is. */
    private static void registerWhenReady(LHConfig config) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            try {
                register(config);
                return;
            } catch (StatusRuntimeException e) {
                if (e.getStatus().getCode() != Status.Code.UNAVAILABLE || System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
            }
        }
    }

    private static void register(LHConfig config) {
        new LHTaskWorker(new StepTask(), StepTask.NAME, config).registerTaskDef();
        new LHTaskWorker(new StepTask(), StepTask.BACKLOG_NAME, config).registerTaskDef();
        for (int steps : STEP_NUMBERS) {
            specification(workflow(steps), StepTask.NAME, steps).registerWfSpec(config);
        }
        specification(BACKLOG_WORKFLOW, StepTask.BACKLOG_NAME, 1).registerWfSpec(config);
    }

    private static Workflow specification(String name, String task, int steps) {
        return Workflow.newWorkflow(name, thread -> {
            WfRunVariable payload = thread.declareStr(PAYLOAD);
            TaskNodeOutput last = thread.execute(task, payload);
            for (int i = 1; i < steps; i++) {
                last = thread.execute(task, payload);
            }
            if (task.equals(StepTask.NAME)) {
                thread.throwEvent(DONE, last).registeredAs(String.class);
            }
        });
    }

    private static String workflow(int steps) {
        return "compare-" + steps;
    }

    private void work(String task) {
        if (config == null) {
            throw new IllegalStateException("not opened");
        }
        LHTaskWorker worker = new LHTaskWorker(new StepTask(), task, config);
        worker.start();
    }

    private LittleHorseBlockingStub stub() {
        if (stub == null) {
            throw new IllegalStateException("not opened");
        }
        return stub;
    }
}
