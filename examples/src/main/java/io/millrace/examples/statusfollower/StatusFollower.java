package io.millrace.examples.statusfollower;

import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.examples.Arguments;
import io.millrace.examples.RunId;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkflowContext;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Follows the status topic with a plain consumer, and prints a line for each change of any workflow. So that there is something to see it starts
 * three workflows, and stops when they have ended.
 */
public final class StatusFollower {
    private static final String QUEUE = "examples.statusfollower";

    private static final Set<WorkflowStatus> OPEN = EnumSet.of(
            WorkflowStatus.DELAYED,
            WorkflowStatus.ENQUEUED,
            WorkflowStatus.RUNNING,
            WorkflowStatus.PAUSED,
            WorkflowStatus.CANCELLING);

    private StatusFollower() {}

    /** Runs the example. */
    public static void main(String[] args) {
        String servers = Arguments.bootstrapServers(args);
        try (Worker worker = Worker.builder(servers)
                        .kafka(Arguments.kafka())
                        .queue(QUEUE)
                        .workflow("doze", Integer.class, StatusFollower::doze)
                        .build();
                MillraceClient client = MillraceClient.builder()
                        .kafkaProperties(Arguments.kafka())
                        .connect(servers);
                StatusTopic topic = new StatusTopic(servers)) {
            worker.start();
            Set<String> open = new HashSet<>();
            for (int seconds : List.of(0, 2, -1)) {
                StartOptions options = StartOptions.workflowId(RunId.of("doze")).queue(QUEUE);
                open.add(client.start("doze", seconds, String.class, options).workflowId());
            }
            while (!open.isEmpty()) {
                for (WorkflowState state : topic.next()) {
                    System.out.println(inWords(state));
                    if (!OPEN.contains(state.getStatus())) {
                        open.remove(state.getWorkflowId());
                    }
                }
            }
        }
    }

    private static String doze(WorkflowContext ctx, int seconds) {
        if (seconds < 0) {
            throw new IllegalArgumentException("nobody dozes for " + seconds + " s");
        }
        ctx.sleep(Duration.ofSeconds(seconds));
        return "awake";
    }

    private static String inWords(WorkflowState state) {
        StringBuilder line = new StringBuilder(state.getWorkflowId())
                .append(" (")
                .append(state.getWorkflowType())
                .append(") is ")
                .append(state.getStatus());
        if (state.getWaitingFor() != null) {
            line.append(" and waits for ").append(state.getWaitingFor());
        }
        if (state.getFailure() != null) {
            line.append(" by ").append(state.getFailure().getMessage());
        }
        return line.toString();
    }
}
