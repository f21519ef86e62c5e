package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a command shows, as it is at one moment.
 *
 * @param json the API's answer
 * @param table the same for people
 * @param lines each thing in it by its name, in a few words: where one of them has changed, something has happened
 * @param end the exit code where nothing more will happen; null while something may
 */
record View(
        String json,
        Table table,
        Map<String, String> lines,
        @Nullable Integer end) {

    /** The lines of a list, each item by the field that names it. */
    static Map<String, String> lines(Iterable<JsonNode> items, String name, Function<JsonNode, String> words) {
        Map<String, String> lines = new LinkedHashMap<>();
        items.forEach(item -> lines.put(item.path(name).asText(), words.apply(item)));
        return lines;
    }
}
