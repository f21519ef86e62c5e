package io.millrace.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * JSON by Jackson: records, generics, {@code Optional} and {@code java.time} (as ISO 8601 text) work as they are. Unknown
 * properties are ignored, so that a value may lose a field while workflows that carry it are open.
 */
public final class JsonPayloadCodec implements PayloadCodec {
    /** The codec's name, as stored with each payload. */
    public static final String NAME = "json";

    private final ObjectMapper mapper;

    /** The default mapping. */
    public JsonPayloadCodec() {
        this(JsonMapper.builder()
                .addModules(new JavaTimeModule(), new Jdk8Module(), new ParameterNamesModule())
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build());
    }

    /** With a mapper of the user's own, which must not be changed any more. */
    public JsonPayloadCodec(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte[] encode(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new PayloadException(
                    "a " + value.getClass().getName() + " cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public @Nullable Object decode(byte[] bytes, Type type) {
        try {
            return mapper.readValue(bytes, mapper.constructType(type));
        } catch (JsonProcessingException e) {
            // The original message, because the other one ends with why Jackson does not show the source.
            throw new PayloadException("the payload is no " + type.getTypeName() + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new PayloadException("the payload is no " + type.getTypeName() + ": " + e.getMessage(), e);
        }
    }
}
