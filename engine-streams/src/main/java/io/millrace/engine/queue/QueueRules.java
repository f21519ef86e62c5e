package io.millrace.engine.queue;

import io.millrace.engine.machine.CommandRules;
import io.millrace.engine.machine.Ids;
import io.millrace.schemas.Limits;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.RateLimit;
import org.jspecify.annotations.Nullable;

/** What settings of a queue may be, and what a queue may be asked for. */
public final class QueueRules {
    /** The queue that is always there. */
    public static final String DEFAULT_QUEUE = "default";

    /** Longest text of a declaration, in characters: with all options set it has 200. It goes along with every answer of the queue. */
    static final int MAX_DECLARED_CHARS = 1_000;

    private QueueRules() {}

    /** Whether a queue has anything that its home must hold: else its workflows are matched where they are. */
    public static boolean hasLimits(@Nullable QueueSettings settings) {
        return settings != null
                && (settings.getConcurrency() != null
                        || settings.getWorkerConcurrency() != null
                        || settings.getRateLimit() != null
                        || settings.getPriorityEnabled()
                        || settings.getPartitioned());
    }

    /**
     * Why a workflow cannot be put on a queue like this, or null.
     *
     * @param settings null where nobody has declared the queue
     */
    public static @Nullable String objectionTo(
            String queue, @Nullable QueueSettings settings, @Nullable Integer priority, @Nullable String partitionKey) {
        if (settings == null && !queue.equals(DEFAULT_QUEUE)) {
            return "there is no queue \"" + queue + "\": declare it in a worker, or with millrace queue set " + queue;
        }
        if (priority != null && (settings == null || !settings.getPriorityEnabled())) {
            return "queue \"" + queue + "\" has no priorities: set priorityEnabled, or leave the priority out";
        }
        if (partitionKey != null && (settings == null || !settings.getPartitioned())) {
            return "queue \"" + queue + "\" has no partition keys: set partitioned, or leave the partition key out";
        }
        return null;
    }

    /** Why a queue cannot have these settings, or null. */
    static @Nullable String objectionTo(String queue, QueueSettings settings) {
        String objection = Ids.objectionTo("name of the queue", queue);
        if (objection == null && !queue.equals(settings.getQueue())) {
            objection = "the key of the command is \"" + queue + "\", and its settings are those of queue \""
                    + CommandRules.shown(settings.getQueue()) + "\"";
        }
        if (objection == null && settings.getDeclared() != null) {
            objection = CommandRules.objectionToText(
                    "text of what is declared", settings.getDeclared(), MAX_DECLARED_CHARS);
        }
        if (objection == null) {
            objection = objectionToCount("concurrency", settings.getConcurrency(), 0);
        }
        if (objection == null) {
            objection = objectionToCount("workerConcurrency", settings.getWorkerConcurrency(), 1);
        }
        if (objection == null) {
            objection = objectionToCount("partitionConcurrency", settings.getPartitionConcurrency(), 1);
        }
        if (objection == null) {
            objection = objectionToRate("rateLimit", settings.getRateLimit());
        }
        if (objection == null) {
            objection = objectionToRate("partitionRateLimit", settings.getPartitionRateLimit());
        }
        boolean keyLimits = settings.getPartitionConcurrency() != null || settings.getPartitionRateLimit() != null;
        return objection == null && keyLimits && !settings.getPartitioned()
                ? "partitionConcurrency and partitionRateLimit need partitioned to be true"
                : objection;
    }

    private static @Nullable String objectionToCount(String name, @Nullable Integer count, int least) {
        return count == null || (count >= least && count <= Limits.MAX_QUEUE_LIMIT)
                ? null
                : name + " is " + count + "; it must be between " + least + " and " + Limits.MAX_QUEUE_LIMIT;
    }

    private static @Nullable String objectionToRate(String name, @Nullable RateLimit rate) {
        if (rate == null) {
            return null;
        }
        if (rate.getPeriodMs() < 1 || rate.getPeriodMs() > Limits.MAX_RATE_PERIOD_MS) {
            return name + " has a period of " + rate.getPeriodMs() + " ms; it must be between 1 and "
                    + Limits.MAX_RATE_PERIOD_MS;
        }
        return objectionToCount("permits of " + name, rate.getPermits(), 1);
    }
}
