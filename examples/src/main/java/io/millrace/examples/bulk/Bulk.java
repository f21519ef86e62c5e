package io.millrace.examples.bulk;

import io.millrace.client.BulkCommand;
import io.millrace.client.BulkReport;
import io.millrace.client.MillraceClient;
import io.millrace.client.ResumeOptions;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowFailedException;
import io.millrace.client.WorkflowFilter;
import io.millrace.client.WorkflowHandle;
import io.millrace.examples.Arguments;
import io.millrace.examples.RunId;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.worker.RetryPolicy;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkflowContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A mail server was down, and the mails that were to go through it have failed. When it is up again they are all resumed by one command: those that a
 * filter finds, after a look at how many these are, and at a rate that the server can bear.
 */
public final class Bulk {
    private static final String QUEUE = "examples.bulk";
    private static final int PER_SECOND = 50;

    private static final AtomicBoolean OLD_SERVER_IS_UP = new AtomicBoolean();

    private Bulk() {}

    /** Runs the example. */
    public static void main(String[] args) {
        String servers = Arguments.bootstrapServers(args);
        try (Worker worker = Worker.builder(servers)
                        .kafka(Arguments.kafka())
                        .queue(QUEUE)
                        .workflow("mail", String.class, Bulk::send)
                        .build();
                MillraceClient client = MillraceClient.builder()
                        .kafkaProperties(Arguments.kafka())
                        .connect(servers)) {
            worker.start();
            String newsletter = RunId.of("newsletter");
            List<WorkflowHandle<String>> mails = List.of("ada@new", "bob@old", "eve@old", "joe@new", "zoe@old").stream()
                    .map(to -> start(client, newsletter, to))
                    .toList();
            mails.forEach(Bulk::printOutcome);
            OLD_SERVER_IS_UP.set(true);
            resumeAllThatFailed(client, newsletter);
            mails.forEach(Bulk::printOutcome);
        }
    }

    private static WorkflowHandle<String> start(MillraceClient client, String newsletter, String to) {
        StartOptions options =
                StartOptions.workflowId(newsletter + "-to-" + to).queue(QUEUE).attribute("newsletter", newsletter);
        return client.start("mail", to, String.class, options);
    }

    private static void resumeAllThatFailed(MillraceClient client, String newsletter) {
        WorkflowFilter filter = WorkflowFilter.all()
                .type("mail")
                .attribute("newsletter", newsletter)
                .status(WorkflowStatus.FAILED);
        BulkCommand failed = client.bulk(filter).perSecond(PER_SECOND);
        System.out.println("to be resumed: " + failed.dryRun());
        BulkReport report = failed.onProgress(item -> System.out.println("resumed: " + item.workflowId()))
                .resume(ResumeOptions.because("the server is up again"));
        System.out.println("accepted: " + report.accepted().size());
        report.rejected().forEach(item -> System.out.println("refused: " + item));
    }

    private static String send(WorkflowContext ctx, String to) {
        return ctx.step("send", String.class, RetryPolicy.NONE, () -> {
            if (to.endsWith("@old") && !OLD_SERVER_IS_UP.get()) {
                throw new IllegalStateException("the server of " + to + " is down");
            }
            return "a mail to " + to;
        });
    }

    private static void printOutcome(WorkflowHandle<String> mail) {
        try {
            System.out.println("sent: " + mail.result());
        } catch (WorkflowFailedException e) {
            System.out.println("not sent: " + mail.workflowId());
        }
    }
}
