package io.millrace.api;

import io.millrace.client.ChangeFilter;
import io.millrace.client.Conditions;
import io.millrace.client.WorkflowFilter;
import io.millrace.schemas.WorkflowStatus;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the text of fields and query parameters; what cannot be read is a 400 that names it. */
final class Parameters {
    private static final String ATTRIBUTE_PREFIX = "attribute.";

    /** These choose a page of a list. */
    static final List<String> PAGING = List.of("limit", "cursor", "order");

    private Parameters() {}

    /** The filter that the query parameters of {@code GET /workflows} describe. */
    static WorkflowFilter filter(Map<String, List<String>> parameters) {
        WorkflowFilter filter = WorkflowFilter.all();
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            WorkflowFilter before = filter;
            String name = parameter.getKey();
            String text = only(name, parameter.getValue());
            filter = checked(name, () -> with(before, name, text));
        }
        return filter;
    }

    /** The same, of a route that has no pages. */
    static WorkflowFilter unpagedFilter(Map<String, List<String>> parameters) {
        for (String paging : PAGING) {
            if (parameters.containsKey(paging)) {
                throw new ProblemException(Problem.badField(
                        paging,
                        paging + " chooses a page of a list; this answer is of all that match, and has no pages"));
            }
        }
        return filter(parameters);
    }

    /** The filter that the query parameters of {@code GET /events} describe. */
    static ChangeFilter changes(Map<String, List<String>> parameters) {
        ChangeFilter filter = ChangeFilter.all();
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            String name = parameter.getKey();
            String text = only(name, parameter.getValue());
            filter = name.equals("workflowId")
                    ? filter.workflowId(text)
                    : condition(filter, name, text).orElseThrow(() -> unknown(name));
        }
        return filter;
    }

    private static WorkflowFilter with(WorkflowFilter filter, String name, String text) {
        return switch (name) {
            case "createdAfter" -> filter.createdAfter(instant(name, text));
            case "createdBefore" -> filter.createdBefore(instant(name, text));
            case "limit" -> filter.limit(integer(name, text));
            case "cursor" -> filter.after(text);
            case "order" -> ordered(filter, text);
            default -> condition(filter, name, text).orElseThrow(() -> unknown(name));
        };
    }

    /** The filter with what lists and changes can both be filtered by; empty where the parameter is none of those. */
    private static <F extends Conditions<F>> Optional<F> condition(F filter, String name, String text) {
        if (name.startsWith(ATTRIBUTE_PREFIX)) {
            return Optional.of(filter.attribute(name.substring(ATTRIBUTE_PREFIX.length()), text));
        }
        return switch (name) {
            case "status" -> Optional.of(filter.status(statuses(text)));
            case "name" -> Optional.of(filter.type(text));
            case "queue" -> Optional.of(filter.queue(text));
            case "idPrefix" -> Optional.of(filter.idPrefix(text));
            case "version" -> Optional.of(filter.applicationVersion(text));
            case "parent" -> Optional.of(filter.parent(text));
            case "forkedFrom" -> Optional.of(filter.forkedFrom(text));
            default -> Optional.empty();
        };
    }

    /** Refuses parameters that a route does not know: a misspelled filter must not look like no filter. */
    static void allowOnly(Map<String, List<String>> parameters, String... known) {
        for (String name : parameters.keySet()) {
            if (!List.of(known).contains(name)) {
                throw unknown(name);
            }
        }
    }

    static Duration duration(String field, String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new ProblemException(Problem.badField(
                    field, field + " must be an ISO 8601 duration such as PT10S, not \"" + text + "\""));
        }
    }

    static int integer(String field, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw notWhole(field, text);
        }
    }

    /** A whole number from 1 to {@code most}; the fallback where there is none. */
    static long between(String field, @Nullable String text, long fallback, long most) {
        long number = text == null ? fallback : wholeNumber(field, text);
        if (number < 1 || number > most) {
            throw new ProblemException(Problem.badField(field, field + " must be 1 to " + most + ", not " + number));
        }
        return number;
    }

    private static long wholeNumber(String field, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw notWhole(field, text);
        }
    }

    private static ProblemException notWhole(String field, String text) {
        return new ProblemException(Problem.badField(field, field + " must be a whole number, not \"" + text + "\""));
    }

    /** Gives what is refused as an illegal argument the name of its field. */
    static <T> T checked(String field, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.badField(field, e.getMessage()));
        }
    }

    private static Instant instant(String field, String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            // Records have milliseconds; what is beyond them is refused here, where the field has a name.
            time.toEpochMilli();
            return time;
        } catch (DateTimeException | ArithmeticException e) {
            throw new ProblemException(Problem.badField(
                    field, field + " must be an RFC 3339 time such as 2026-01-31T12:00:00Z, not \"" + text + "\""));
        }
    }

    private static WorkflowFilter ordered(WorkflowFilter filter, String order) {
        return switch (order) {
            case "desc" -> filter;
            case "asc" -> filter.oldestFirst();
            default ->
                throw new ProblemException(Problem.badField(
                        "order", "order must be desc (newest first) or asc (oldest first), not \"" + order + "\""));
        };
    }

    private static WorkflowStatus[] statuses(String text) {
        return Arrays.stream(text.split(",")).map(Parameters::status).toArray(WorkflowStatus[]::new);
    }

    private static WorkflowStatus status(String text) {
        return Arrays.stream(WorkflowStatus.values())
                .filter(status ->
                        status != WorkflowStatus.UNKNOWN && status.name().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.badField("status", "\"" + text + "\" is no status; there are " + allStatuses())));
    }

    private static String allStatuses() {
        return Arrays.stream(WorkflowStatus.values())
                .filter(status -> status != WorkflowStatus.UNKNOWN)
                .map(WorkflowStatus::name)
                .collect(Collectors.joining(", "));
    }

    private static String only(String name, @Nullable List<String> values) {
        if (values == null || values.size() != 1) {
            throw new ProblemException(Problem.badField(name, name + " must be given once"));
        }
        return values.get(0);
    }

    private static ProblemException unknown(String name) {
        return new ProblemException(
                Problem.badField(name, "\"" + name + "\" is not a parameter that this version knows"));
    }
}
