package io.millrace.engine.queue;

import io.millrace.engine.machine.Message;
import io.millrace.schemas.HoldsSlot;
import io.millrace.schemas.Limits;
import io.millrace.schemas.QueueChange;
import io.millrace.schemas.QueueNews;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.Waits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells homes of queues what is new: what came up at once for one queue in one record, as far as it fits. */
final class QueueNewsPost {
    /** Most bytes of a change beside its texts. */
    private static final int FRAME_BYTES = 64;

    private static final int MAX_BYTES_PER_CHAR = 3;

    private final QueuePost post;
    private final Map<String, Batch> waiting = new LinkedHashMap<>();

    private static final class Batch {
        private final List<QueueChange> changes = new ArrayList<>();
        private int bytes;
    }

    QueueNewsPost(QueuePost post) {
        this.post = post;
    }

    void add(String queue, QueueChange change) {
        Batch batch = waiting.computeIfAbsent(queue, unused -> new Batch());
        batch.changes.add(change);
        batch.bytes += bytesOf(change);
        if (batch.bytes > Limits.GRANT_PART_BYTES) {
            send(queue, batch);
            waiting.remove(queue);
        }
    }

    void flush() {
        if (!waiting.isEmpty()) {
            waiting.forEach(this::send);
            waiting.clear();
        }
    }

    private void send(String queue, Batch batch) {
        Transfer transfer = new Transfer();
        transfer.setFromWorkflowId(batch.changes.get(0).getWorkflowId());
        transfer.setQueueNews(new QueueNews(batch.changes));
        post.send(new Message.ToWorkflow(queue, transfer));
    }

    /** No fewer than it has. */
    private static int bytesOf(QueueChange change) {
        Waits waits = change.getWaits();
        HoldsSlot holds = change.getHoldsSlot();
        int bytes = FRAME_BYTES + bytesOf(change.getWorkflowId());
        if (waits != null) {
            bytes += bytesOf(waits.getWorkflowType())
                    + bytesOf(waits.getApplicationVersion())
                    + bytesOf(waits.getPartitionKey())
                    + bytesOf(waits.getPreferredWorkerId());
        }
        return holds == null ? bytes : bytes + bytesOf(holds.getPartitionKey()) + bytesOf(holds.getWorkerId());
    }

    private static int bytesOf(@Nullable String text) {
        return text == null ? 0 : MAX_BYTES_PER_CHAR * text.length();
    }
}
