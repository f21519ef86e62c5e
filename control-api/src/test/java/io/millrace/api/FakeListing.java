package io.millrace.api;

import io.millrace.schemas.Answer;
import io.millrace.schemas.CountAnswer;
import io.millrace.schemas.ListOrder;
import io.millrace.schemas.ListPosition;
import io.millrace.schemas.ListWorkflows;
import io.millrace.schemas.Query;
import io.millrace.schemas.WorkflowConditions;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowsAnswer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists and counts all workflows, whatever the conditions, which it only remembers. */
final class FakeListing {
    private final Map<String, WorkflowState> workflows;
    private volatile @Nullable WorkflowConditions lastConditions;

    FakeListing(Map<String, WorkflowState> workflows) {
        this.workflows = workflows;
    }

    @Nullable
    WorkflowConditions lastConditions() {
        return lastConditions;
    }

    void answer(Query query, Answer.Builder answer) {
        if (query.getCountWorkflows() != null) {
            lastConditions = query.getCountWorkflows().getConditions();
            answer.setCount(count());
        } else {
            lastConditions = query.getListWorkflows().getConditions();
            answer.setWorkflows(list(query.getListWorkflows()));
        }
    }

    private WorkflowsAnswer list(ListWorkflows query) {
        Comparator<WorkflowState> order = ListOrder.of(query.getOldestFirst());
        List<WorkflowState> behind = workflows.values().stream()
                .filter(workflow -> query.getAfter() == null || order.compare(workflow, at(query.getAfter())) > 0)
                .sorted(order)
                .toList();
        boolean more = behind.size() > query.getLimit();
        List<WorkflowState> page = more ? behind.subList(0, query.getLimit()) : behind;
        return new WorkflowsAnswer(page, more ? ListOrder.positionOf(page.get(page.size() - 1)) : null);
    }

    private static WorkflowState at(ListPosition place) {
        WorkflowState workflow = new WorkflowState();
        workflow.setCreatedAtMs(place.getCreatedAtMs());
        workflow.setWorkflowId(place.getWorkflowId());
        return workflow;
    }

    private CountAnswer count() {
        return new CountAnswer(
                (long) workflows.size(),
                countedBy(workflow -> workflow.getStatus().name()),
                countedBy(WorkflowState::getWorkflowType),
                countedBy(WorkflowState::getWorkerId));
    }

    private Map<String, Long> countedBy(Function<WorkflowState, @Nullable String> property) {
        return workflows.values().stream()
                .filter(workflow -> property.apply(workflow) != null)
                .collect(Collectors.groupingBy(property, Collectors.counting()));
    }
}
