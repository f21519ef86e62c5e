package io.millrace.client;

import io.millrace.schemas.Answer;
import io.millrace.schemas.GetQueues;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Query;
import io.millrace.schemas.QueueStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks the engine about queues, all partitions of which have a part of each, and sets them. Thread-safe. */
final class Queues {
    /** The queue of what is started without saying on which. */
    static final String DEFAULT = "default";

    private final EngineConnection connection;
    private final Duration requestTimeout;
    private final CommandSender commands;

    Queues(EngineConnection connection, MillraceClientBuilder settings, CommandSender commands) {
        this(connection, settings.requestTimeout, commands);
    }

    private Queues(EngineConnection connection, Duration requestTimeout, CommandSender commands) {
        this.connection = connection;
        this.requestTimeout = requestTimeout;
        this.commands = commands;
    }

    /** The same, for whom these commands are. */
    Queues with(CommandSender others) {
        return new Queues(connection, requestTimeout, others);
    }

    CompletableFuture<QueueResult> set(String queue, QueueOptions options, CommandOptions command) {
        var reply = commands.sendToQueue(queue, ControlCommand.setQueue(options.toSettings(queue), command));
        return Futures.cancelling(
                reply,
                reply.thenApply(answer ->
                        new QueueResult(answer.getCommandId(), queue, Optional.ofNullable(answer.getReason()))));
    }

    CompletableFuture<List<QueueDescription>> all() {
        return ask(null).thenApply(parts -> {
            Map<String, QueueStatistics> queues = new TreeMap<>(Map.of(DEFAULT, nothing(DEFAULT)));
            parts.forEach(part -> queues.merge(part.getQueue(), part, Queues::sum));
            Instant now = Instant.now();
            return queues.values().stream()
                    .map(whole -> new QueueDescription(whole, now))
                    .filter(QueueDescription::isKnown)
                    .toList();
        });
    }

    CompletableFuture<Optional<QueueDescription>> one(String queue) {
        StartOptions.checkName("queue", queue, Limits.MAX_NAME_CHARS);
        return ask(queue).thenApply(parts -> {
            QueueStatistics whole =
                    parts.stream().filter(part -> part.getQueue().equals(queue)).reduce(nothing(queue), Queues::sum);
            return Optional.of(new QueueDescription(whole, Instant.now())).filter(QueueDescription::isKnown);
        });
    }

    CompletableFuture<EnqueuedPage> enqueued(String queue, EnqueuedQuery query) {
        StartOptions.checkName("queue", queue, Limits.MAX_NAME_CHARS);
        return new EnqueuedListing(connection, queue, query, requestTimeout).page();
    }

    /** What each partition has. All of them must have answered: a sum of some would look like a queue that has less. */
    private CompletableFuture<List<QueueStatistics>> ask(@Nullable String queue) {
        return Futures.ofAll(
                        connection.partitions(),
                        partition -> connection
                                .ask(partition, question(queue), requestTimeout)
                                .thenApply(Queues::statisticsOf))
                .thenApply(parts -> parts.stream().flatMap(List::stream).toList());
    }

    private static Query question(@Nullable String queue) {
        return Query.newBuilder()
                .setQueryId("")
                .setAnswerPartition(0)
                .setGetQueues(new GetQueues(queue))
                .build();
    }

    private static List<QueueStatistics> statisticsOf(Answer answer) {
        if (answer.getQueues() == null) {
            throw new MillraceException("the engine could not say which queues partition " + answer.getPartition()
                    + " has: " + Optional.ofNullable(answer.getError()).orElse("the answer holds none"));
        }
        return answer.getQueues().getQueues();
    }

    private static QueueStatistics nothing(String queue) {
        return QueueStatistics.newBuilder().setQueue(queue).build();
    }

    /** Settings and slots are in the answer of the queue's own partition only, and what it says of the queue goes first. */
    private static QueueStatistics sum(QueueStatistics one, QueueStatistics other) {
        QueueStatistics home = other.getSettings() != null ? other : one;
        QueueStatistics away = home == one ? other : one;
        QueueStatistics sum = new QueueStatistics();
        sum.setQueue(one.getQueue());
        sum.setSettings(home.getSettings());
        sum.setSlotsHeld(or(home.getSlotsHeld(), away.getSlotsHeld()));
        sum.setWaitingFor(or(home.getWaitingFor(), away.getWaitingFor()));
        sum.setDepth(one.getDepth() + other.getDepth());
        sum.setRunning(one.getRunning() + other.getRunning());
        sum.setBegunLastMinute(one.getBegunLastMinute() + other.getBegunLastMinute());
        sum.setEndedLastMinute(one.getEndedLastMinute() + other.getEndedLastMinute());
        sum.setOldestEnqueuedAtMs(earlier(one.getOldestEnqueuedAtMs(), other.getOldestEnqueuedAtMs()));
        return sum;
    }

    private static <T> @Nullable T or(@Nullable T first, @Nullable T second) {
        return first != null ? first : second;
    }

    private static @Nullable Long earlier(@Nullable Long one, @Nullable Long other) {
        return one == null || other == null ? or(one, other) : Long.valueOf(Math.min(one, other));
    }
}
