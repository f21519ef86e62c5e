package io.millrace.engine.listing;

import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.ListPosition;
import io.millrace.schemas.WorkflowConditions;
import io.millrace.schemas.WorkflowStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Workflows by chance, what becomes of them, and what is asked of them. */
final class AnyRows {
    private static final List<String> BEGINNINGS = List.of("order-", "order-1", "ä", "\ue000", "\ud83d\ude00", "");
    private static final int NAMES = 4;

    private final Seeded chance;
    private final List<Row> rows = new ArrayList<>();
    private long nowMs = 1_000_000;
    private int made;

    AnyRows(Seeded chance) {
        this.chance = chance;
    }

    /** As they are now. */
    List<Row> rows() {
        return rows;
    }

    /** Something happens to one, or there is one more. */
    Row next() {
        if (!rows.isEmpty() && chance.percent(40)) {
            int index = chance.below(rows.size());
            rows.set(index, changed(rows.get(index)));
            return rows.get(index);
        }
        nowMs += chance.percent(30) ? chance.below(3) : 0;
        // At times by an engine whose clock is behind.
        long createdAtMs = chance.percent(10) ? nowMs - chance.below(1_000) : nowMs;
        rows.add(new Row(
                createdAtMs,
                chance.oneOf(BEGINNINGS) + chance.below(1_000) + "-" + ++made,
                chance.oneOf(WorkflowStatus.values()),
                name("type"),
                name("queue"),
                chance.percent(50) ? null : name("version"),
                chance.percent(50) ? null : worker(),
                origin()));
        return rows.get(rows.size() - 1);
    }

    /** One is there no more: often one of the oldest, as they are purged. */
    Row removed() {
        int among = chance.percent(50) ? rows.size() : Math.min(rows.size(), 10);
        return rows.remove(chance.below(among));
    }

    /** One that was never next. */
    static Row neverThere() {
        return new Row(
                1, "nobody", WorkflowStatus.FAILED, "type", "queue", null, null, new Row.Origin(Map.of(), null, null));
    }

    private Row changed(Row row) {
        return new Row(
                row.createdAtMs(),
                row.workflowId(),
                chance.oneOf(WorkflowStatus.values()),
                row.workflowType(),
                name("queue"),
                row.version(),
                chance.percent(50) ? null : worker(),
                row.origin());
    }

    /** Workers come and go. */
    private String worker() {
        return "worker-" + (rows.size() / 100 + chance.below(5));
    }

    private String name(String what) {
        return what + "-" + chance.below(NAMES);
    }

    private Row.Origin origin() {
        Map<String, String> attributes = new HashMap<>();
        for (int i = chance.percent(50) ? chance.below(3) : 0; i > 0; i--) {
            attributes.put(name("key"), name("value"));
        }
        return new Row.Origin(
                attributes, chance.percent(20) ? name("parent") : null, chance.percent(20) ? name("source") : null);
    }

    /** Each condition alone. */
    List<WorkflowConditions> eachCondition() {
        List<WorkflowConditions> alone = new ArrayList<>();
        setters().forEach(setter -> {
            WorkflowConditions conditions = none();
            setter.accept(conditions);
            alone.add(conditions);
        });
        return alone;
    }

    /** Some conditions together, or none. */
    WorkflowConditions someConditions() {
        WorkflowConditions conditions = none();
        setters().forEach(setter -> {
            if (chance.percent(20)) {
                setter.accept(conditions);
            }
        });
        return conditions;
    }

    static WorkflowConditions none() {
        return new WorkflowConditions(List.of(), null, null, null, null, null, null, Map.of(), null, null);
    }

    private List<Consumer<WorkflowConditions>> setters() {
        return List.of(
                all -> all.setStatuses(
                        List.of(chance.oneOf(WorkflowStatus.values()), chance.oneOf(WorkflowStatus.values()))),
                all -> all.setWorkflowType(name("type")),
                all -> all.setQueue(chance.percent(90) ? name("queue") : "unheard of"),
                all -> all.setIdPrefix(chance.oneOf(BEGINNINGS)),
                all -> all.setApplicationVersion(name("version")),
                all -> all.setCreatedAfterMs(someTime()),
                all -> all.setCreatedBeforeMs(someTime()),
                all -> all.setAttributes(Map.of(name("key"), name("value"))),
                all -> all.setAttributes(Map.of("key-0", name("value"), "key-1", name("value"))),
                all -> all.setParentWorkflowId(name("parent")),
                all -> all.setForkedFrom(name("source")));
    }

    private long someTime() {
        if (chance.percent(10)) {
            return chance.oneOf(Long.MIN_VALUE, Long.MAX_VALUE, 0L);
        }
        return nowMs - chance.below(1_500);
    }

    /** A place where there is a workflow, or there is none; or no place. */
    @Nullable
    ListPosition somePlace() {
        if (rows.isEmpty() || chance.percent(20)) {
            return null;
        }
        Row row = chance.oneOf(rows);
        return chance.percent(70)
                ? new ListPosition(row.createdAtMs(), row.workflowId())
                : new ListPosition(someTime(), chance.oneOf(BEGINNINGS) + "5");
    }
}
