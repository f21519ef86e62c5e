package io.millrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The body of a request; users' JSON stands in it as it was given. What is null is left out. */
final class JsonBody {
    private final ObjectNode fields = Json.newObject();

    JsonBody put(String field, @Nullable String text) {
        if (text != null) {
            fields.put(field, text);
        }
        return this;
    }

    JsonBody put(String field, @Nullable Duration duration) {
        return put(field, duration == null ? null : duration.toString());
    }

    JsonBody put(String field, @Nullable Integer number) {
        if (number != null) {
            fields.put(field, number);
        }
        return this;
    }

    JsonBody put(String field, boolean flag) {
        fields.put(field, flag);
        return this;
    }

    JsonBody put(String field, Map<String, String> texts) {
        texts.forEach(fields.putObject(field)::put);
        return this;
    }

    JsonBody put(String field, List<String> texts) {
        ArrayNode array = fields.putArray(field);
        texts.forEach(array::add);
        return this;
    }

    boolean has(String field) {
        return fields.has(field);
    }

    JsonBody putJson(String field, @Nullable String json) {
        if (json != null) {
            fields.putRawValue(field, new RawValue(json));
        }
        return this;
    }

    /**
     * The JSON that an option names: the text itself, {@code @file} or {@code -}.
     *
     * @param option the option's name, for errors
     * @return null where the option was not given
     * @throws ParameterException if it cannot be read or is no JSON
     */
    static @Nullable String jsonOf(
            String option, @Nullable String value, InputStream standardInput, CommandLine command) {
        if (value == null) {
            return null;
        }
        try {
            String text = textOf(value, standardInput);
            Json.parse(text);
            if (text.isBlank()) {
                throw new ParameterException(
                        command, option + " is empty: leave it out where there is nothing to give");
            }
            return text.strip();
        } catch (JsonProcessingException e) {
            throw new ParameterException(command, option + " is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new ParameterException(command, option + " cannot be read: " + e);
        }
    }

    private static String textOf(String value, InputStream standardInput) throws IOException {
        if (value.equals("-")) {
            return new String(standardInput.readAllBytes(), StandardCharsets.UTF_8);
        }
        return value.startsWith("@") ? Files.readString(Path.of(value.substring(1))) : value;
    }

    String toJson() {
        return Json.text(fields);
    }
}
