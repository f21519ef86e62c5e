package io.millrace.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace workflow message}. */
@Command(
        name = "message",
        description = {"Sends a message to workflows.", "One that does not wait for it yet keeps it until it does."},
        footerHeading = "%nExamples:%n",
        footer = {"  ${COMMAND-FULL-NAME} order-17 --topic paid --payload '{\"cents\": 1250}'"})
final class WorkflowMessage implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private WhyOptions why;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Workflow ids.")
    private List<String> ids;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "What it is about; \"default\" unless given.")
    private @Nullable String topic;

    @Option(
            names = "--payload",
            required = true,
            paramLabel = "JSON|@FILE|-",
            description = "What it says: JSON, a file of it, or standard input.")
    private String payload;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Messages of the same key are taken once by the same workflow.")
    private @Nullable String idempotencyKey;

    @Override
    public Integer call() {
        why.checkFor(ids, common);
        JsonBody body = why.body()
                .put("topic", topic)
                .putJson("payload", JsonBody.jsonOf("--payload", payload, System.in, spec.commandLine()))
                .put("idempotencyKey", idempotencyKey);
        return new CommandSender(common, "messages").send(ids, body);
    }
}
