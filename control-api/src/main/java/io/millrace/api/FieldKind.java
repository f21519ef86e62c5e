package io.millrace.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.client.EncodedPayload;
import io.millrace.client.QueueOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a field of a request's body holds, and how it is read from there. */
enum FieldKind {
    /** A string. */
    TEXT {
        @Override
        Object read(String field, JsonParser parser, String body) throws IOException {
            return text(field, parser);
        }
    },
    /** A whole number. */
    NUMBER {
        @Override
        Object read(String field, JsonParser parser, String body) throws IOException {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw bad(field, "a whole number");
            }
            return Parameters.integer(field, parser.getText());
        }
    },
    FLAG {
        @Override
        Object read(String field, JsonParser parser, String body) throws IOException {
            if (!parser.currentToken().isBoolean()) {
                throw bad(field, "true or false");
            }
            return parser.getBooleanValue();
        }
    },
    /** Any JSON, as it stands in the body: numbers keep their digits and objects the order of their fields. */
    VALUE {
        @Override
        Object read(String field, JsonParser parser, String body) throws IOException {
            int begin = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            parser.finishToken();
            int end = (int) parser.currentLocation().getCharOffset();
            return EncodedPayload.json(body.substring(begin, end));
        }
    },
    /** So many in such a time, as a {@link QueueOptions.Rate}. */
    RATE {
        @Override
        Object read(String field, JsonParser parser, String body) throws IOException {
            Integer permits = null;
            Duration period = null;
            boolean isObject = parser.currentToken() == JsonToken.START_OBJECT;
            while (isObject && parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = field + "." + parser.currentName();
                boolean isPermits = parser.currentName().equals("permits");
                if (!isPermits && !parser.currentName().equals("period")) {
                    throw bad(name, "left out: a rate has permits and period, and no other field");
                }
                parser.nextToken();
                if (isPermits) {
                    permits = (Integer) NUMBER.read(name, parser, body);
                } else {
                    period = Parameters.duration(name, text(name, parser));
                }
            }
            if (permits == null || period == null) {
                throw bad(field, "an object such as {\"permits\": 100, \"period\": \"PT1S\"}");
            }
            return new QueueOptions.Rate(permits, period);
        }
    },
    /** An array of strings. */
    TEXTS {
        @Override
        Object read(String field, JsonParser parser, String body) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw bad(field, "an array of strings");
            }
            return texts(field, parser);
        }
    },
    /** An object of strings. */
    LABELS {
        @Override
        Object read(String field, JsonParser parser, String body) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw bad(field, "an object of strings");
            }
            Map<String, String> labels = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                labels.put(key, text(field + "." + key, parser));
            }
            return labels;
        }
    },
    /** An object of the parameters that {@code GET /workflows} has; several statuses may be an array. */
    FILTER {
        @Override
        Object read(String field, JsonParser parser, String body) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw bad(field, "an object with the filters of GET /workflows, such as {\"status\": \"FAILED\"}");
            }
            Map<String, String> parameters = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                String name = field + "." + key;
                boolean several = parser.nextToken() == JsonToken.START_ARRAY && key.equals("status");
                parameters.put(key, several ? String.join(",", texts(name, parser)) : text(name, parser));
            }
            return parameters;
        }
    };

    /** Reads the value that the parser stands at, which is not null. */
    abstract Object read(String field, JsonParser parser, String body) throws IOException;

    private static String text(String field, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw bad(field, "a string");
        }
        return parser.getText();
    }

    private static List<String> texts(String field, JsonParser parser) throws IOException {
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            texts.add(text(field, parser));
        }
        return texts;
    }

    private static ProblemException bad(String field, String what) {
        return new ProblemException(Problem.badField(field, field + " must be " + what));
    }
}
