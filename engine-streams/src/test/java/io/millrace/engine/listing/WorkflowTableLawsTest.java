package io.millrace.engine.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.ListOrder;
import io.millrace.schemas.ListPosition;
import io.millrace.schemas.WorkflowConditions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever comes and changes, a list is what a filter over all workflows gives. */
class WorkflowTableLawsTest {
    private static final Comparator<Row> NEWEST_FIRST =
            Comparator.comparingLong(Row::createdAtMs).reversed().thenComparing(Row::workflowId, ListOrder::compareIds);

    @Test
    void shouldListWhatAFilterOverAllWouldLeave() {
        Seeded.forEach(12, chance -> {
            WorkflowTable table = new WorkflowTable();
            AnyRows any = new AnyRows(chance);
            int most = chance.oneOf(10, 500, 8 * Segment.MOST_ROWS);
            for (int i = 0; i < most; i++) {
                table.put(any.next());
                if (chance.below(most) == 0) {
                    table.pack();
                }
                if (chance.percent(10)) {
                    table.remove(any.removed());
                }
            }
            any.eachCondition().forEach(alone -> mustAgree(table, any, alone, chance));
            for (int i = 0; i < 20; i++) {
                mustAgree(table, any, any.someConditions(), chance);
            }
        });
    }

    @Test
    void shouldBeTheSameInWhateverOrderItIsRead() {
        Seeded.forEach(5, chance -> {
            AnyRows any = new AnyRows(chance);
            for (int i = 0; i < 5 * Segment.MOST_ROWS; i++) {
                any.next();
            }
            List<Row> shuffled = new ArrayList<>(any.rows());
            for (int i = shuffled.size() - 1; i > 0; i--) {
                java.util.Collections.swap(shuffled, i, chance.below(i + 1));
            }
            WorkflowTable table = new WorkflowTable();
            shuffled.forEach(table::put);
            table.pack();
            mustAgree(table, any, AnyRows.none(), chance);
            mustAgree(table, any, any.someConditions(), chance);
        });
    }

    /** Of all that has come and gone, in whatever order, no more is in memory than what is there. */
    @Test
    void shouldForgetWhatIsTakenOut() {
        Seeded.forEach(5, chance -> {
            AnyRows any = new AnyRows(chance);
            WorkflowTable table = new WorkflowTable();
            for (int i = 0; i < 6 * Segment.MOST_ROWS; i++) {
                table.put(any.next());
            }
            int keep = chance.oneOf(0, 1, 500);
            while (any.rows().size() > keep) {
                table.remove(any.removed());
            }
            mustAgree(table, any, AnyRows.none(), chance);
            table.remove(AnyRows.neverThere());
            assertEquals(any.rows().size(), table.size());
            long places = table.idBytes();
            long used = any.rows().stream()
                    .mapToLong(row -> row.workflowId().getBytes(StandardCharsets.UTF_8).length)
                    .sum();
            assertTrue(places <= 3 * used, () -> places + " bytes are held for ids of " + used);
            for (int i = 0; i < Segment.MOST_ROWS; i++) {
                table.put(any.next());
            }
            mustAgree(table, any, any.someConditions(), chance);
        });
    }

    private static void mustAgree(WorkflowTable table, AnyRows any, WorkflowConditions conditions, Seeded chance) {
        List<Row> matching = any.rows().stream()
                .filter(row -> matches(conditions, row))
                .sorted(NEWEST_FIRST)
                .toList();
        mustList(table, matching, conditions, any.somePlace(), chance.between(1, 100));
        mustCount(table, matching, conditions);
    }

    private static void mustList(
            WorkflowTable table,
            List<Row> newestFirst,
            WorkflowConditions conditions,
            @Nullable ListPosition after,
            int limit) {
        for (boolean oldestFirst : new boolean[] {false, true}) {
            Comparator<Row> order = oldestFirst ? NEWEST_FIRST.reversed() : NEWEST_FIRST;
            List<String> expected = newestFirst.stream()
                    .filter(row -> after == null || order.compare(row, at(after)) > 0)
                    .sorted(order)
                    .map(Row::workflowId)
                    .toList();
            assertEquals(expected, listed(table, conditions, after, oldestFirst, Integer.MAX_VALUE));
            assertEquals(expected.stream().limit(limit).toList(), listed(table, conditions, after, oldestFirst, limit));
        }
    }

    private static void mustCount(WorkflowTable table, List<Row> matching, WorkflowConditions conditions) {
        WorkflowTable.Counts counts = table.count(conditions);
        assertEquals(matching.size(), counts.total());
        assertEquals(countedBy(matching, Row::status), counts.byStatus());
        assertEquals(countedBy(matching, Row::workflowType), counts.byType());
        assertEquals(countedBy(matching, Row::owner), counts.byOwner());
    }

    private static <K> Map<K, Long> countedBy(List<Row> rows, Function<Row, @Nullable K> column) {
        return rows.stream()
                .map(column)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(Objects::requireNonNull, TreeMap::new, Collectors.counting()));
    }

    private static List<String> listed(
            WorkflowTable table,
            WorkflowConditions conditions,
            @Nullable ListPosition after,
            boolean oldestFirst,
            int limit) {
        List<String> listed = new ArrayList<>();
        table.visit(conditions, after, oldestFirst, id -> {
            listed.add(id);
            return listed.size() < limit;
        });
        return listed;
    }

    private static Row at(ListPosition place) {
        return new Row(
                place.getCreatedAtMs(),
                place.getWorkflowId(),
                io.millrace.schemas.WorkflowStatus.UNKNOWN,
                "",
                "",
                null,
                null,
                new Row.Origin(Map.of(), null, null));
    }

    /** Said in other words than the table's own. */
    private static boolean matches(WorkflowConditions conditions, Row row) {
        return (conditions.getStatuses().isEmpty() || conditions.getStatuses().contains(row.status()))
                && isOr(conditions.getWorkflowType(), row.workflowType())
                && isOr(conditions.getQueue(), row.queue())
                && (conditions.getIdPrefix() == null || row.workflowId().startsWith(conditions.getIdPrefix()))
                && isOr(conditions.getApplicationVersion(), row.version())
                && (conditions.getCreatedAfterMs() == null || row.createdAtMs() > conditions.getCreatedAfterMs())
                && (conditions.getCreatedBeforeMs() == null || row.createdAtMs() < conditions.getCreatedBeforeMs())
                && isOr(conditions.getParentWorkflowId(), row.origin().parentWorkflowId())
                && isOr(conditions.getForkedFrom(), row.origin().forkedFrom())
                && row.origin()
                        .attributes()
                        .entrySet()
                        .containsAll(conditions.getAttributes().entrySet());
    }

    private static boolean isOr(@Nullable String wanted, @Nullable String is) {
        return wanted == null || wanted.equals(is);
    }
}
