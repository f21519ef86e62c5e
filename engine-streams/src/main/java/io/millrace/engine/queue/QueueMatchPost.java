package io.millrace.engine.queue;

import io.millrace.engine.machine.Message;
import io.millrace.schemas.KeyPartition;
import io.millrace.schemas.QueueMatch;
import io.millrace.schemas.QueueMatches;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.store.QueueMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells workflows' partitions of matches: those that were made at once, and are for one partition, in one record. */
final class QueueMatchPost {
    /** Most matches in one record: with the longest ids they still fit. */
    private static final int MAX_MATCHES = 500;

    private final QueuePost post;
    private final int partition;
    private final int partitions;
    private final Map<Integer, List<QueueMatch>> waiting = new TreeMap<>();

    QueueMatchPost(QueuePost post, int partition, int partitions) {
        this.post = post;
        this.partition = partition;
        this.partitions = partitions;
    }

    void add(String workflowId, QueueMember matched) {
        QueueMatch match = new QueueMatch();
        match.setWorkflowId(workflowId);
        match.setTicket(matched.getTicket());
        match.setWorkerId(matched.getWorkerId());
        match.setNumber(matched.getNumber());
        match.setCreditPartition(partition);
        match.setTellBegan(matched.getBeginning());
        List<QueueMatch> ofPartition =
                waiting.computeIfAbsent(KeyPartition.of(workflowId, partitions), unused -> new ArrayList<>());
        ofPartition.add(match);
        if (ofPartition.size() == MAX_MATCHES) {
            send(List.copyOf(ofPartition));
            ofPartition.clear();
        }
    }

    /** To be called before the input is done with: what is kept here is in no store. */
    void flush() {
        for (List<QueueMatch> matches : waiting.values()) {
            if (!matches.isEmpty()) {
                send(matches);
            }
        }
        waiting.clear();
    }

    private void send(List<QueueMatch> matches) {
        String first = matches.get(0).getWorkflowId();
        Transfer transfer = new Transfer();
        transfer.setFromWorkflowId(first);
        transfer.setQueueMatches(new QueueMatches(matches));
        post.send(new Message.ToWorkflow(first, transfer));
    }
}
