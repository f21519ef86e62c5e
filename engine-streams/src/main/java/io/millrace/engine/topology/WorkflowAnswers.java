package io.millrace.engine.topology;

import io.millrace.engine.machine.Journal;
import io.millrace.engine.machine.RecordSizes;
import io.millrace.engine.machine.Statuses;
import io.millrace.engine.store.PartitionStores;
import io.millrace.schemas.ForksAnswer;
import io.millrace.schemas.GetHistory;
import io.millrace.schemas.GetSteps;
import io.millrace.schemas.GetValue;
import io.millrace.schemas.GetWorkflow;
import io.millrace.schemas.HistoryAnswer;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.Limits;
import io.millrace.schemas.ListForks;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepsAnswer;
import io.millrace.schemas.ValueAnswer;
import io.millrace.schemas.WorkflowAnswer;
import io.millrace.schemas.store.StoredWorkflow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Answers questions about one workflow. An answer is as large as a record may be, and says where to go on. */
final class WorkflowAnswers {
    private final PartitionStores stores;
    private final Ledger ledger;
    private final RecentJournal journals;

    WorkflowAnswers(PartitionStores stores, Ledger ledger) {
        this.stores = stores;
        this.ledger = ledger;
        this.journals = new RecentJournal(stores.history());
    }

    /** See {@link RecentJournal#letGoOfUnasked}. */
    void letGoOfUnasked() {
        journals.letGoOfUnasked();
    }

    WorkflowAnswer workflow(GetWorkflow query) {
        WorkflowAnswer answer = new WorkflowAnswer();
        StoredWorkflow workflow = stores.workflows().find(query.getWorkflowId());
        HistoryEntry first = workflow == null ? null : stores.history().first(query.getWorkflowId());
        if (workflow != null && first != null) {
            Journal journal = new Journal();
            journal.add(first);
            answer.setWorkflow(ledger.published(workflow));
            answer.setInput(journal.input());
        }
        return answer;
    }

    StepsAnswer steps(GetSteps query) {
        StepsAnswer answer = new StepsAnswer(false, new ArrayList<>(), null);
        StoredWorkflow workflow = stores.workflows().find(query.getWorkflowId());
        if (workflow == null) {
            return answer;
        }
        answer.setFound(true);
        int limit = limit(query.getLimit());
        int bytes = 0;
        for (RecordedStep step : journals.of(workflow).steps()) {
            if (step.getSeq() < query.getFromSeq()) {
                continue;
            }
            bytes += RecordSizes.of(step);
            boolean full = !answer.getSteps().isEmpty()
                    && (answer.getSteps().size() == limit || bytes > Limits.GRANT_PART_BYTES);
            if (full) {
                answer.setNextSeq(step.getSeq());
                break;
            }
            answer.getSteps().add(step);
        }
        return answer;
    }

    HistoryAnswer history(GetHistory query) {
        HistoryAnswer answer = new HistoryAnswer(false, new ArrayList<>(), null);
        if (stores.workflows().find(query.getWorkflowId()) == null) {
            return answer;
        }
        answer.setFound(true);
        int limit = limit(query.getLimit());
        int[] bytes = {0};
        stores.history().readFrom(query.getWorkflowId(), query.getFromNumber(), (entry, entryBytes) -> {
            bytes[0] += entryBytes;
            boolean full = !answer.getEntries().isEmpty()
                    && (answer.getEntries().size() == limit || bytes[0] > Limits.GRANT_PART_BYTES);
            if (full) {
                answer.setNextNumber(entry.getNumber());
            } else {
                answer.getEntries().add(entry);
            }
            return !full;
        });
        return answer;
    }

    ValueAnswer value(GetValue query) {
        ValueAnswer answer = new ValueAnswer();
        StoredWorkflow workflow = stores.workflows().find(query.getWorkflowId());
        if (workflow != null) {
            answer.setFound(true);
            answer.setClosed(!Statuses.isOpen(workflow.getState().getStatus()));
            journals.of(workflow).lastValue(query.getKey()).ifPresent(step -> {
                answer.setIsSet(true);
                answer.setValue(step.getOutput());
            });
        }
        return answer;
    }

    ForksAnswer forks(ListForks query) {
        ForksAnswer answer = new ForksAnswer(false, new ArrayList<>(), null);
        if (stores.workflows().find(query.getWorkflowId()) == null) {
            return answer;
        }
        answer.setFound(true);
        int limit = limit(query.getLimit());
        byte[] next = stores.forks().visit(query.getWorkflowId(), bytesOf(query.getCursor()), fork -> {
            answer.getForks().add(fork);
            return answer.getForks().size() < limit;
        });
        answer.setNextCursor(next == null ? null : ByteBuffer.wrap(next));
        return answer;
    }

    private static int limit(int asked) {
        return Math.max(1, Math.min(QueryAnswerer.MAX_ITEMS, asked));
    }

    static byte @Nullable [] bytesOf(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
