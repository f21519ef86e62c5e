package io.millrace.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace workflow start}. */
@Command(
        name = "start",
        description = "Starts a workflow, or finds the one that has its id already.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} checkout --id order-17 --input '{\"cents\": 1250}' --wait",
            "  ${COMMAND-FULL-NAME} checkout --queue shop --priority 1 --partition-key tenant-7",
            "  ${COMMAND-FULL-NAME} import --deduplication-id catalogue --deduplication-policy return-existing"
        })
final class WorkflowStart implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "TYPE", description = "The workflow type, as a worker registered it.")
    private String type;

    @Option(
            names = "--input",
            paramLabel = "JSON|@FILE|-",
            description = "The input: JSON, a file of it, or standard input.")
    private @Nullable String input;

    @Option(names = "--id", paramLabel = "ID", description = "The workflow id; a new one unless given.")
    private @Nullable String workflowId;

    @Option(names = "--queue", paramLabel = "QUEUE", description = "The queue; \"default\" unless given.")
    private @Nullable String queue;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "How long it may run: 30s, 5m, 2d or PT1H30M.")
    private @Nullable Duration timeout;

    @Option(
            names = "--delay",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "How long it waits before it may run, written likewise.")
    private @Nullable Duration delay;

    @Option(
            names = "--retention",
            paramLabel = "DURATION",
            converter = Durations.class,
            description =
                    "How long it is kept after its end, written likewise; as long as the engine is set to unless given.")
    private @Nullable Duration retention;

    @Option(names = "--attribute", paramLabel = "KEY=VALUE", description = "A label to search by; may be repeated.")
    private Map<String, String> attributes = new LinkedHashMap<>();

    @Option(names = "--version", paramLabel = "VERSION", description = "Run only by workers of this version.")
    private @Nullable String applicationVersion;

    @Option(
            names = "--priority",
            paramLabel = "N",
            description = "Its place on a queue with priorities: 1 goes first; 100 unless given.")
    private @Nullable Integer priority;

    @Option(
            names = "--deduplication-id",
            paramLabel = "ID",
            description = "Only one open workflow of the queue has it: refused while another one does.")
    private @Nullable String deduplicationId;

    @Option(
            names = "--deduplication-policy",
            paramLabel = "reject|return-existing",
            converter = DeduplicationPolicies.class,
            description = "What to do where another workflow has it: be refused (unless given), or find that one.")
    private @Nullable String deduplicationPolicy;

    @Option(
            names = "--partition-key",
            paramLabel = "KEY",
            description = "Whose work it is, on a partitioned queue: keys take turns.")
    private @Nullable String partitionKey;

    @Option(names = "--wait", description = "Waits until it has ended, and prints its result.")
    private boolean wait;

    @Override
    public Integer call() {
        if (deduplicationPolicy != null && deduplicationId == null) {
            throw common.usage("--deduplication-policy goes with --deduplication-id");
        }
        JsonBody body = new JsonBody()
                .put("name", type)
                .put("workflowId", workflowId)
                .put("queue", queue)
                .put("timeout", timeout)
                .put("delay", delay)
                .put("retention", retention)
                .put("applicationVersion", applicationVersion)
                .put("attributes", attributes)
                .put("priority", priority)
                .put("deduplicationId", deduplicationId)
                .put("deduplicationPolicy", deduplicationPolicy)
                .put("partitionKey", partitionKey)
                .putJson("input", JsonBody.jsonOf("--input", input, System.in, spec.commandLine()));
        Server server = common.server();
        Server.Answer answer = server.post("/workflows", body);
        String id = answer.json().path("workflowId").asText();
        if (wait) {
            common.note((isNew(answer) ? "started " : "was started before: ") + id);
            return new ResultWait(common, server, id).until(ResultWait.WITHOUT_LIMIT);
        }
        print(answer, id);
        return 0;
    }

    private void print(Server.Answer answer, String id) {
        if (common.asJson()) {
            common.print(answer.body());
            return;
        }
        common.print(WorkflowText.describe(answer.json()));
        if (!isNew(answer)) {
            common.note(
                    id.equals(workflowId)
                            ? "A workflow with this id was started before; this is the first one, and nothing was started."
                            : "This workflow holds the deduplication id, and nothing was started.");
        }
        common.note("Follow it: " + common.pasteable("workflow", "result", id, "--wait"));
    }

    private static boolean isNew(Server.Answer answer) {
        return answer.status() == 201;
    }
}
