package io.millrace.engine.simulation;

import io.millrace.engine.machine.Statuses;
import io.millrace.engine.testing.Samples;
import io.millrace.engine.topology.LivingEngine;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Payload;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;

/** Ways in which the system could be wrong. Each is noticed by the simulation, as a breach of the guarantee that it is one of. */
enum Mutation implements Tampering {
    ANSWERS_A_SECOND_START_AS_THE_FIRST(1) {
        @Override
        void tamper(SimulatedPartition partition, Object value, List<LivingEngine.Written> more) {
            if (value instanceof CommandReply reply && reply.getExisting()) {
                reply.setExisting(false);
            }
        }
    },
    FORGETS_THAT_A_WORKFLOW_IS_THERE(1) {
        @Override
        public void beforeTaking(SimulatedPartition partition, String key, Object record) {
            if (record instanceof Command command && command.getStart() != null) {
                deleteRows(partition, 'w', key);
            }
        }
    },
    GRANTS_WITHOUT_A_RECORDED_STEP(2) {
        @Override
        void tamper(SimulatedPartition partition, Object value, List<LivingEngine.Written> more) {
            if (value instanceof InboxMessage message && message.getGrant() != null) {
                List<RecordedStep> steps = new ArrayList<>(message.getGrant().getSteps());
                steps.removeIf(step -> step.getKind() == StepKind.STEP && step.getOutput() != null);
                message.getGrant().setSteps(steps);
            }
        }
    },
    RECORDS_A_STEP_TWICE(2) {
        @Override
        void tamper(SimulatedPartition partition, Object value, List<LivingEngine.Written> more) {
            if (value instanceof HistoryEntry entry && entry.getFacts().get(0).getStepCompleted() != null) {
                List<HistoryFact> twice = new ArrayList<>(entry.getFacts());
                twice.add(0, twice.get(0));
                entry.setFacts(twice);
            }
        }
    },
    KEEPS_WHAT_AN_ABORTED_TRANSACTION_STORED(3) {
        @Override
        public boolean keepsWhatWasAborted() {
            return true;
        }
    },
    PUBLISHES_WHAT_AN_ABORTED_TRANSACTION_WROTE(3) {
        @Override
        public boolean publishesWhatWasAborted() {
            return true;
        }
    },
    LOSES_A_TIMER(3) {
        @Override
        public void beforeTaking(SimulatedPartition partition, String key, Object record) {
            deleteRows(partition, 't', "");
        }
    },
    LOSES_AN_ENTRY_OF_HISTORY(3) {
        @Override
        public List<LivingEngine.Written> written(SimulatedPartition partition, List<LivingEngine.Written> all) {
            all.removeIf(each -> each.value() instanceof HistoryEntry entry && entry.getNumber() == 3);
            return all;
        }
    },
    WORKER_IGNORES_ITS_LEASE(4) {
        @Override
        public long nanos(long nanos) {
            return 0;
        }
    },
    TAKES_REPORTS_OF_ANYONE(4) {
        @Override
        public Object taken(SimulatedPartition partition, String key, Object record) {
            StoredWorkflow workflow = partition.engine().stores().workflows().find(key);
            String owner = workflow == null ? null : Statuses.ownerOf(workflow);
            if (owner != null
                    && record instanceof WorkerEvent event
                    && !event.getFacts().isEmpty()) {
                WorkerEvent forged = SimulatedCluster.copy(event);
                forged.setWorkerId(owner);
                forged.setEpoch(workflow.getState().getEpoch());
                return forged;
            }
            return record;
        }
    },
    DOES_NOT_TELL_STRANGERS(4) {
        @Override
        public List<LivingEngine.Written> written(SimulatedPartition partition, List<LivingEngine.Written> all) {
            all.removeIf(each -> each.value() instanceof InboxMessage message && message.getRevoked() != null);
            return all;
        }
    },
    GRANTS_TO_TWO(4) {
        @Override
        public List<LivingEngine.Written> written(SimulatedPartition partition, List<LivingEngine.Written> all) {
            for (LivingEngine.Written each : List.copyOf(all)) {
                if (each.value() instanceof InboxMessage message && message.getGrant() != null) {
                    for (var worker : partition.leases().alive()) {
                        if (!worker.id().equals(each.key())) {
                            all.add(new LivingEngine.Written(each.sink(), worker.id(), message));
                        }
                    }
                }
            }
            return all;
        }
    },
    IS_CANCELLED_AT_ONCE(5) {
        @Override
        void tamper(SimulatedPartition partition, Object value, List<LivingEngine.Written> more) {
            if (value instanceof WorkflowState state && state.getStatus() == WorkflowStatus.CANCELLING) {
                state.setStatus(WorkflowStatus.CANCELLED);
            }
        }
    },
    CANCELS_WHAT_RUNS_AS_IF_IT_DID_NOT(5) {
        @Override
        public void beforeTaking(SimulatedPartition partition, String key, Object record) {
            StoredWorkflow workflow = partition.engine().stores().workflows().find(key);
            if (workflow != null && record instanceof Command command && command.getCancel() != null) {
                if (workflow.getState().getStatus() == WorkflowStatus.RUNNING) {
                    StoredWorkflow forged = SimulatedCluster.copy(workflow);
                    forged.getState().setStatus(WorkflowStatus.ENQUEUED);
                    forged.getState().setWorkerId(null);
                    save(partition, key, forged);
                }
            }
        }
    },
    LOSES_AN_ANSWER(6) {
        @Override
        public List<LivingEngine.Written> written(SimulatedPartition partition, List<LivingEngine.Written> all) {
            all.removeIf(each -> isReplyTo(each.value(), "pause"));
            return all;
        }
    },
    REFUSES_WITHOUT_A_REASON(6) {
        @Override
        void tamper(SimulatedPartition partition, Object value, List<LivingEngine.Written> more) {
            if (value instanceof CommandReply reply && reply.getOutcome() == CommandOutcome.REJECTED) {
                reply.setReason(null);
            }
        }
    },
    FORGETS_WHAT_IT_ANSWERED(6) {
        @Override
        public void beforeTaking(SimulatedPartition partition, String key, Object record) {
            deleteRows(partition, 'c', key);
        }
    },
    DOES_NOT_NOTE_COMMANDS(6) {
        @Override
        void tamper(SimulatedPartition partition, Object value, List<LivingEngine.Written> more) {
            if (value instanceof HistoryEntry entry) {
                List<HistoryFact> rest = new ArrayList<>(entry.getFacts());
                rest.removeIf(fact -> fact.getCommandNoted() != null);
                entry.setFacts(rest);
            }
        }
    },
    FORK_CHANGES_ITS_SOURCE(7) {
        @Override
        void tamper(SimulatedPartition partition, Object value, List<LivingEngine.Written> more) {
            if (value instanceof HistoryEntry entry && entry.getFacts().get(0).getForkAsked() != null) {
                for (LivingEngine.Written each : more) {
                    if (each.value() == entry) {
                        StoredWorkflow source =
                                partition.engine().stores().workflows().find(each.key());
                        StoredWorkflow forged = SimulatedCluster.copy(source);
                        forged.getState().setRecoveryAttempts(forged.getState().getRecoveryAttempts() + 1);
                        save(partition, each.key(), forged);
                    }
                }
            }
        }
    },
    FORK_HAS_OTHER_RESULTS(7) {
        @Override
        void tamper(SimulatedPartition partition, Object value, List<LivingEngine.Written> more) {
            if (value instanceof HistoryEntry entry) {
                entry.getFacts().stream()
                        .filter(fact -> fact.getStepsCopied() != null)
                        .flatMap(fact -> fact.getStepsCopied().getSteps().stream())
                        .filter(step -> step.getOutput() != null)
                        .forEach(step -> step.setOutput(Samples.json("\"another\"")));
            }
        }
    },
    WORKER_WAITS_FOR_THE_ENGINE(8) {
        @Override
        public boolean acknowledgesWhatIsTaken() {
            return true;
        }
    },
    STOPS_AT_A_BAD_RECORD(9) {
        @Override
        public boolean stopsAtUnusable() {
            return true;
        }
    },
    LOSES_DEAD_LETTERS(9) {
        @Override
        public boolean losesLetters() {
            return true;
        }
    },
    TRUNCATES_RESULTS(10) {
        @Override
        void tamper(SimulatedPartition partition, Object value, List<LivingEngine.Written> more) {
            if (value instanceof InboxMessage message && message.getGrant() != null) {
                message.getGrant().getSteps().stream()
                        .filter(step -> step.getKind() == StepKind.STEP && step.getOutput() != null)
                        .forEach(step -> step.setOutput(cut(step.getOutput())));
            }
        }
    },
    TRUNCATES_MESSAGES(10) {
        @Override
        void tamper(SimulatedPartition partition, Object value, List<LivingEngine.Written> more) {
            if (value instanceof Transfer transfer && transfer.getMessage() != null) {
                transfer.getMessage().setPayload(cut(transfer.getMessage().getPayload()));
            }
        }
    },
    LOSES_MESSAGES(10) {
        @Override
        public List<LivingEngine.Written> written(SimulatedPartition partition, List<LivingEngine.Written> all) {
            all.removeIf(each -> each.value() instanceof Transfer transfer && transfer.getMessage() != null);
            return all;
        }
    },
    LOSES_EAGER_STARTS(10) {
        @Override
        public Object taken(SimulatedPartition partition, String key, Object record) {
            if (record instanceof WorkerEvent event && Guarantees.startsEagerly(event)) {
                WorkerEvent forged = SimulatedCluster.copy(event);
                forged.setFacts(List.of());
                return forged;
            }
            return record;
        }
    },
    CUTS_WHAT_IS_OVER_A_LIMIT(10) {
        @Override
        public Object taken(SimulatedPartition partition, String key, Object record) {
            if (record instanceof Command command
                    && command.getStart() != null
                    && command.getStart().getInput().getData().remaining() > Limits.MAX_PAYLOAD_BYTES) {
                Command cut = SimulatedCluster.copy(command);
                cut.getStart().setInput(Samples.json("\"1-cut\""));
                return cut;
            }
            return record;
        }
    },
    GRANTS_MORE_THAN_WAS_OFFERED(0) {
        @Override
        public Object taken(SimulatedPartition partition, String key, Object record) {
            if (record instanceof WorkerEvent event && event.getCredit() != null) {
                WorkerEvent forged = SimulatedCluster.copy(event);
                forged.getCredit().setFree(event.getCredit().getFree() + 2);
                return forged;
            }
            return record;
        }
    },
    LETS_MORE_BEGIN_THAN_THE_RATE_SAYS(0) {
        @Override
        public Object taken(SimulatedPartition partition, String key, Object record) {
            return withOtherSettings(record, settings -> {
                if (settings.getRateLimit() != null) {
                    settings.getRateLimit().setPermits(settings.getRateLimit().getPermits() + 2);
                }
            });
        }
    },
    LETS_A_KEY_HAVE_MORE_THAN_ITS_SHARE(0) {
        @Override
        public Object taken(SimulatedPartition partition, String key, Object record) {
            return withOtherSettings(record, settings -> {
                if (settings.getPartitionConcurrency() != null) {
                    settings.setPartitionConcurrency(settings.getPartitionConcurrency() + 2);
                }
            });
        }
    },
    FORGETS_WHO_HOLDS_A_DEDUPLICATION_ID(0) {
        @Override
        public void beforeTaking(SimulatedPartition partition, String key, Object record) {
            deleteRows(partition, 'd', "");
        }
    },
    LETS_MORE_RUN_THAN_MAY(0) {
        @Override
        public Object taken(SimulatedPartition partition, String key, Object record) {
            return withOtherSettings(record, settings -> {
                if (settings.getConcurrency() != null) {
                    settings.setConcurrency(settings.getConcurrency() + 2);
                }
            });
        }
    },
    NEVER_GIVES_A_SLOT_BACK(0) {
        @Override
        public List<LivingEngine.Written> written(SimulatedPartition partition, List<LivingEngine.Written> all) {
            all.removeIf(each -> each.value() instanceof Transfer transfer && transfer.getQueueNews() != null);
            return all;
        }
    };

    private final int guarantee;

    Mutation(int guarantee) {
        this.guarantee = guarantee;
    }

    /** The guarantee that is broken; 0 for what all of them need. */
    int guarantee() {
        return guarantee;
    }

    /** Changes a record on its way to its topic. */
    void tamper(SimulatedPartition partition, Object value, List<LivingEngine.Written> all) {}

    @Override
    public List<LivingEngine.Written> written(SimulatedPartition partition, List<LivingEngine.Written> all) {
        all.forEach(each -> tamper(partition, each.value(), all));
        return all;
    }

    /** A command that sets a queue, with other settings than were asked for; any other record as it is. */
    private static Object withOtherSettings(Object record, Consumer<QueueSettings> change) {
        if (record instanceof Command command && command.getSetQueue() != null) {
            Command forged = SimulatedCluster.copy(command);
            change.accept(forged.getSetQueue().getSettings());
            return forged;
        }
        return record;
    }

    private static boolean isReplyTo(Object value, String command) {
        return value instanceof CommandReply reply && command.equals(reply.getCommand());
    }

    private static void save(SimulatedPartition partition, String workflowId, StoredWorkflow forged) {
        var stored = partition.engine().stores().workflows();
        stored.save(workflowId, stored.encode(forged));
    }

    private static void deleteRows(SimulatedPartition partition, char kind, String key) {
        byte[] id = key.getBytes(StandardCharsets.UTF_8);
        partition.engine().rows().rows().keySet().removeIf(row -> isAbout(row, kind, id));
    }

    private static boolean isAbout(Bytes row, char kind, byte[] id) {
        byte[] bytes = row.get();
        return bytes[0] == kind && bytes.length > id.length && Arrays.equals(bytes, 1, 1 + id.length, id, 0, id.length);
    }

    /** Still JSON, and shorter. */
    private static Payload cut(Payload payload) {
        String text =
                StandardCharsets.UTF_8.decode(payload.getData().duplicate()).toString();
        return Samples.json(text.length() < 4 ? text : text.substring(0, text.length() - 3) + "\"");
    }
}
