package io.millrace.engine.machine;

import io.millrace.schemas.CommandReply;
import io.millrace.schemas.GrantVoid;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Revoked;
import io.millrace.schemas.Transfer;
import org.jspecify.annotations.Nullable;

/** Something to tell somebody; it changes no state of the workflow that says it. */
public sealed interface Message {
    /** The answer to a command. */
    record Reply(CommandReply reply, @Nullable Integer partition) implements Message {}

    /** For a worker's inbox. */
    record ToWorker(String workerId, InboxMessage body) implements Message {}

    /** For another workflow, on whatever partition that is. */
    record ToWorkflow(String workflowId, Transfer body) implements Message {}

    /** Tells a worker that a grant of this number, of a partition's credit, will not come. */
    static ToWorker voidGrant(String workerId, int creditPartition, long number) {
        InboxMessage body = new InboxMessage();
        body.setGrantVoid(new GrantVoid(creditPartition, number));
        return new ToWorker(workerId, body);
    }

    /** Tells a worker that an execution is not its own. */
    static ToWorker revoke(String workerId, String workflowId, long epoch, String reason) {
        InboxMessage body = new InboxMessage();
        body.setRevoked(new Revoked(workflowId, epoch, reason));
        return new ToWorker(workerId, body);
    }
}
