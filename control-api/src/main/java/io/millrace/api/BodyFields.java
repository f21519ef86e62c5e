package io.millrace.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.client.EncodedPayload;
import io.millrace.client.QueueOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request's body, which is a JSON object. A field that the request does not have is refused by name: a misspelled
 * one must not look like none. A field that is null counts as not given, but for {@link #has}.
 */
final class BodyFields {
    private final Map<String, @Nullable Object> values;

    private BodyFields(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    /**
     * Reads a body; a blank one is an object without fields.
     *
     * @param what names the request in errors, for example {@code a cancel}
     * @param known the fields that it may have
     * @throws ProblemException 400, naming the field, or the place where the body is no JSON
     */
    static BodyFields parse(String body, String what, Map<String, FieldKind> known) throws IOException {
        Map<String, @Nullable Object> values = new HashMap<>();
        if (body.isBlank()) {
            return new BodyFields(values);
        }
        try (JsonParser parser = Json.parser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ProblemException(Problem.of(400, "the body must be a JSON object"));
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                FieldKind kind = known.get(field);
                if (kind == null) {
                    throw new ProblemException(Problem.badField(
                            field, "\"" + field + "\" is not a field of " + what + " that this version knows"));
                }
                boolean isNull = parser.nextToken() == JsonToken.VALUE_NULL;
                values.put(field, isNull ? null : kind.read(field, parser, body));
            }
            if (parser.nextToken() != null) {
                throw new ProblemException(Problem.of(400, "there is something behind the end of the JSON object"));
            }
        } catch (JsonProcessingException e) {
            throw new ProblemException(Problem.of(400, "the body is no JSON: " + e.getOriginalMessage())
                    .with("line", e.getLocation().getLineNr())
                    .with("column", e.getLocation().getColumnNr()));
        }
        return new BodyFields(values);
    }

    /** Whether the field is there, be it null. */
    boolean has(String field) {
        return values.containsKey(field);
    }

    /** Whether the field is there and not null. */
    boolean isGiven(String field) {
        return values.get(field) != null;
    }

    @Nullable
    String text(String field) {
        return (String) values.get(field);
    }

    @Nullable
    Integer number(String field) {
        return (Integer) values.get(field);
    }

    boolean flag(String field, boolean fallback) {
        Object value = values.get(field);
        return value == null ? fallback : (Boolean) value;
    }

    @Nullable
    EncodedPayload value(String field) {
        return (EncodedPayload) values.get(field);
    }

    @SuppressWarnings("unchecked") // What FieldKind.TEXTS reads.
    @Nullable
    List<String> texts(String field) {
        return (List<String>) values.get(field);
    }

    @SuppressWarnings("unchecked") // What FieldKind.LABELS and FieldKind.FILTER read.
    @Nullable
    Map<String, String> labels(String field) {
        return (Map<String, String>) values.get(field);
    }

    QueueOptions.@Nullable Rate rate(String field) {
        return (QueueOptions.Rate) values.get(field);
    }

    /** As {@link #with}, for a number. */
    <T> T withNumber(T options, String field, BiFunction<T, Integer, T> setter) {
        Integer number = number(field);
        return number == null ? options : Parameters.checked(field, () -> setter.apply(options, number));
    }

    /** The options changed by the field's text where it is given; what they refuse is a 400 that names the field. */
    <T> T with(T options, String field, BiFunction<T, String, T> setter) {
        String text = text(field);
        return text == null ? options : Parameters.checked(field, () -> setter.apply(options, text));
    }
}
