package io.millrace.client;

import io.millrace.schemas.Answer;
import io.millrace.schemas.CountAnswer;
import io.millrace.schemas.CountWorkflows;
import io.millrace.schemas.Query;
import io.millrace.schemas.WorkflowStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How many workflows there are: the sum of what each partition has. Every partition must have answered. */
final class WorkflowCounting {
    private static final Comparator<Map.Entry<String, Long>> LARGEST_FIRST =
            Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    private final EngineConnection connection;
    private final WorkflowFilter filter;
    private final Duration timeout;

    WorkflowCounting(EngineConnection connection, WorkflowFilter filter, Duration timeout) {
        this.connection = connection;
        this.filter = filter;
        this.timeout = timeout;
    }

    CompletableFuture<WorkflowCounts> counts() {
        return Futures.ofAll(connection.partitions(), this::count).thenApply(WorkflowCounting::sum);
    }

    private CompletableFuture<CountAnswer> count(int partition) {
        Query query = Query.newBuilder()
                .setQueryId("")
                .setAnswerPartition(0)
                .setCountWorkflows(new CountWorkflows(filter.conditions()))
                .build();
        return connection.ask(partition, query, timeout).thenApply(WorkflowCounting::countOf);
    }

    private static WorkflowCounts sum(List<CountAnswer> parts) {
        return new WorkflowCounts(
                parts.stream().mapToLong(CountAnswer::getTotal).sum(),
                byStatus(sum(parts, CountAnswer::getByStatus)),
                largest(sum(parts, CountAnswer::getByType), WorkflowCounts.MAX_TYPES),
                largest(sum(parts, CountAnswer::getByOwner), Integer.MAX_VALUE));
    }

    private static Map<String, Long> sum(List<CountAnswer> parts, Function<CountAnswer, Map<String, Long>> of) {
        Map<String, Long> sum = new HashMap<>();
        parts.forEach(part -> of.apply(part).forEach((name, number) -> sum.merge(name, number, Long::sum)));
        return sum;
    }

    private static Map<String, Long> largest(Map<String, Long> counts, int most) {
        return counts.entrySet().stream()
                .sorted(LARGEST_FIRST)
                .limit(most)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }

    private static Map<WorkflowStatus, Long> byStatus(Map<String, Long> counts) {
        Map<WorkflowStatus, Long> byStatus = new EnumMap<>(WorkflowStatus.class);
        counts.forEach((name, number) -> byStatus.merge(statusOf(name), number, Long::sum));
        return byStatus;
    }

    /** A newer engine may have others. */
    private static WorkflowStatus statusOf(String name) {
        try {
            return WorkflowStatus.valueOf(name);
        } catch (IllegalArgumentException newer) {
            return WorkflowStatus.UNKNOWN;
        }
    }

    private static CountAnswer countOf(Answer answer) {
        if (answer.getCount() == null) {
            throw new MillraceException("the engine could not count partition " + answer.getPartition() + ": "
                    + Optional.ofNullable(answer.getError()).orElse("the answer holds no count"));
        }
        return answer.getCount();
    }
}
