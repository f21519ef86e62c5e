package io.millrace.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The body of a start request; the input stands in it as it was given. */
final class StartBody {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Map<String, String> texts = new LinkedHashMap<>();
    private Map<String, String> attributes = Map.of();
    private @Nullable String input;

    StartBody(String type) {
        texts.put("name", type);
    }

    void put(String field, @Nullable String text) {
        if (text != null) {
            texts.put(field, text);
        }
    }

    void attributes(Map<String, String> attributes) {
        this.attributes = attributes;
    }

    void input(String json) {
        this.input = json;
    }

    /**
     * The input that {@code --input} names: JSON, {@code @file} or {@code -}.
     *
     * @throws ParameterException if it cannot be read or is no JSON
     */
    static String inputOf(String option, InputStream standardInput, CommandLine command) {
        try {
            String text = textOf(option, standardInput);
            MAPPER.readTree(text);
            if (text.isBlank()) {
                throw new ParameterException(command, "--input is empty: leave it out for a workflow without input");
            }
            return text.strip();
        } catch (JsonProcessingException e) {
            throw new ParameterException(command, "--input is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new ParameterException(command, "--input cannot be read: " + e);
        }
    }

    private static String textOf(String option, InputStream standardInput) throws IOException {
        if (option.equals("-")) {
            return new String(standardInput.readAllBytes(), StandardCharsets.UTF_8);
        }
        return option.startsWith("@") ? Files.readString(Path.of(option.substring(1))) : option;
    }

    String toJson() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = MAPPER.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, String> field : texts.entrySet()) {
                json.writeStringField(field.getKey(), field.getValue());
            }
            if (!attributes.isEmpty()) {
                json.writePOJOField("attributes", attributes);
            }
            if (input != null) {
                json.writeFieldName("input");
                json.writeRawValue(input);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }
}
