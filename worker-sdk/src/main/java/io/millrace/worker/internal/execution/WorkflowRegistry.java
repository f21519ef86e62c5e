package io.millrace.worker.internal.execution;

import io.millrace.worker.Workflow;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The workflow types of a worker, by name. Immutable. */
public final class WorkflowRegistry {
    private final Map<String, Registered> types;

    /**
     * One type.
     *
     * @param inputType what the input is read as
     * @param code the user's workflow, which takes that
     */
    public record Registered(Type inputType, Workflow<Object, ?> code) {}

    /** Of these types. */
    public WorkflowRegistry(Map<String, Registered> types) {
        this.types = Map.copyOf(types);
    }

    /** The type of this name. */
    public Optional<Registered> find(String workflowType) {
        return Optional.ofNullable(types.get(workflowType));
    }

    /** All names, sorted. */
    public List<String> names() {
        return List.copyOf(new TreeMap<>(types).keySet());
    }
}
