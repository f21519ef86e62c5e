package io.millrace.engine.testing;

import io.millrace.schemas.ChildEnded;
import io.millrace.schemas.ChildNews;
import io.millrace.schemas.ForkAnswered;
import io.millrace.schemas.ForkPart;
import io.millrace.schemas.ForkReceipt;
import io.millrace.schemas.MessageAnswered;
import io.millrace.schemas.MessageReceipt;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StartChild;
import io.millrace.schemas.StepsCopied;
import io.millrace.schemas.StopChild;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkflowMessage;
import io.millrace.schemas.WorkflowStatus;
import java.util.ArrayList;
import java.util.List;

/** What workflows tell each other, with everything that does not matter filled in. */
public final class Transfers {
    static {
        Samples.ready();
    }

    private Transfers() {}

    /** Nothing yet. */
    public static Transfer from(String workflowId) {
        Transfer transfer = new Transfer();
        transfer.setFromWorkflowId(workflowId);
        return transfer;
    }

    /** A parent starts a child. */
    public static Transfer startChild(String parentId, int step) {
        Transfer transfer = from(parentId);
        transfer.setStartChild(new StartChild(step, Samples.demo(), null));
        return transfer;
    }

    /** A parent stops a child. */
    public static Transfer stopChild(String parentId, ParentClosePolicy how) {
        Transfer transfer = from(parentId);
        transfer.setStopChild(new StopChild(how, "its parent stops"));
        return transfer;
    }

    /** A child has ended. */
    public static Transfer news(String childId, int step, WorkflowStatus status) {
        Transfer transfer = from(childId);
        transfer.setChildNews(new ChildNews(new ChildEnded(
                step, childId, status, status == WorkflowStatus.COMPLETED ? Samples.json("7") : null, null)));
        return transfer;
    }

    /** A workflow sends a message; its payload is what it says, as JSON. */
    public static Transfer message(String senderId, int step, String topic, String says) {
        Transfer transfer = from(senderId);
        transfer.setMessage(new WorkflowMessage(step, 0, topic, Samples.json("\"" + says + "\"")));
        return transfer;
    }

    /** A workflow has taken a message. */
    public static Transfer receipt(String receiverId, int step, int run) {
        Transfer transfer = from(receiverId);
        transfer.setMessageReceipt(new MessageReceipt(run, new MessageAnswered(step, true, null)));
        return transfer;
    }

    /** A part of a copy, with some steps that were completed. */
    public static Transfer forkPart(String sourceId, String commandId, int part, boolean more, int... steps) {
        List<RecordedStep> copied = new ArrayList<>();
        for (int seq : steps) {
            copied.add(Samples.recordedStep(seq));
        }
        ForkPart body = new ForkPart();
        body.setCommandId(commandId);
        body.setIssuer("tester");
        body.setReplyPartition(2);
        body.setStartStep(steps.length + 1);
        body.setPart(part);
        body.setStart(part == 1 ? Samples.demo() : null);
        body.setCopied(new StepsCopied(copied, new ArrayList<>(), more));
        body.setMessages(new ArrayList<>());
        Transfer transfer = from(sourceId);
        transfer.setForkPart(body);
        return transfer;
    }

    /** A copy is there. */
    public static Transfer forkReceipt(String forkId, String commandId) {
        Transfer transfer = from(forkId);
        transfer.setForkReceipt(new ForkReceipt(2, new ForkAnswered(commandId, forkId, 1, true, null)));
        return transfer;
    }
}
