package io.millrace.worker.internal.execution;

import io.millrace.schemas.CancelRequested;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.PauseChanged;
import io.millrace.schemas.Revoked;
import io.millrace.schemas.StepEnded;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The executions of one incarnation, and those that it had until lately. Thread-safe. */
final class Executions {
    private static final Logger LOG = LoggerFactory.getLogger(Executions.class);

    /**
     * So many ended executions are remembered. A grant can be repeated while the end of its execution is on its way to an engine that
     * has just restarted; that is a matter of seconds.
     */
    private static final int REMEMBERED = 10_000;

    private final Map<String, Execution> running = new ConcurrentHashMap<>();
    private final Map<String, Long> endedEpochs = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };
    private volatile CompletableFuture<Void> none = new CompletableFuture<>();

    /** Whether a grant of this name is to be run: it is neither running, nor over, nor older than what is. */
    boolean isNews(ExecutionName name) {
        Execution current = running.get(name.workflowId());
        if (current != null && current.name().epoch() >= name.epoch()) {
            return false;
        }
        synchronized (endedEpochs) {
            return endedEpochs.getOrDefault(name.workflowId(), 0L) < name.epoch();
        }
    }

    /** Adds one; an older one of the same workflow is not the worker's any more. */
    void replace(Execution execution) {
        Execution older = running.put(execution.name().workflowId(), execution);
        if (older != null) {
            older.giveUp("the workflow was granted anew");
        }
    }

    /** Adds one unless the workflow has one. */
    boolean addIfAbsent(Execution execution) {
        return running.putIfAbsent(execution.name().workflowId(), execution) == null;
    }

    /** The engine tells something about one of them; about one that is not here, it comes too late. */
    void onMessage(InboxMessage message) {
        if (message.getRevoked() != null) {
            onRevoked(message.getRevoked());
        } else if (message.getCancelRequested() != null) {
            CancelRequested cancel = message.getCancelRequested();
            find(cancel.getWorkflowId(), cancel.getEpoch())
                    .ifPresent(execution -> execution.cancelRequest().request(cancel.getNotice()));
        } else if (message.getPauseChanged() != null) {
            PauseChanged pause = message.getPauseChanged();
            find(pause.getWorkflowId(), pause.getEpoch())
                    .ifPresent(execution -> execution.waits().setPaused(pause.getPaused()));
        } else if (message.getStepEnded() != null) {
            StepEnded ended = message.getStepEnded();
            find(ended.getWorkflowId(), ended.getEpoch())
                    .ifPresent(execution -> execution.endedOutside(ended.getStep()));
        }
    }

    private Optional<Execution> find(String workflowId, long epoch) {
        return Optional.ofNullable(running.get(workflowId))
                .filter(execution -> execution.name().epoch() == epoch);
    }

    /** This execution is not the worker's; the engine may grant it for real later. */
    private void onRevoked(Revoked revoked) {
        LOG.info("{}@{} was revoked: {}", revoked.getWorkflowId(), revoked.getEpoch(), revoked.getReason());
        synchronized (endedEpochs) {
            endedEpochs.remove(revoked.getWorkflowId(), revoked.getEpoch());
        }
        find(revoked.getWorkflowId(), revoked.getEpoch()).ifPresent(execution -> execution.giveUp(revoked.getReason()));
    }

    void ended(Execution execution, ExecutionHost.Ending ending) {
        ExecutionName name = execution.name();
        if (ending != ExecutionHost.Ending.ABANDONED) {
            synchronized (endedEpochs) {
                endedEpochs.put(name.workflowId(), name.epoch());
            }
        }
        running.remove(name.workflowId(), execution);
        if (running.isEmpty()) {
            none.complete(null);
        }
    }

    Collection<Execution> all() {
        return running.values();
    }

    /** Ends when there is none. */
    CompletableFuture<Void> none() {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        none = asked;
        if (running.isEmpty()) {
            asked.complete(null);
        }
        return asked;
    }
}
