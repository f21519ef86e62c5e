package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A list that the server gives page by page. */
final class Pages {
    private final Server server;
    private final String path;

    /** What the parameter is called that takes a page's {@code nextCursor}. */
    private final String cursorParameter;

    Pages(Server server, String path, String cursorParameter) {
        this.server = server;
        this.path = path;
        this.cursorParameter = cursorParameter;
    }

    List<JsonNode> all() {
        return from("");
    }

    /** All items from the page that begins there. */
    List<JsonNode> from(String cursor) {
        return from(cursor, Integer.MAX_VALUE);
    }

    /** The first items, as many as that or those of one more page. */
    List<JsonNode> upTo(int enough) {
        return from("", enough);
    }

    private List<JsonNode> from(String cursor, int enough) {
        List<JsonNode> items = new ArrayList<>();
        String next = cursor;
        do {
            String query = next.isEmpty()
                    ? ""
                    : (path.contains("?") ? "&" : "?") + cursorParameter + "=" + Server.encode(next);
            JsonNode page = server.get(path + query, Duration.ZERO).json();
            page.path("items").forEach(items::add);
            next = page.path("nextCursor").asText();
        } while (!next.isEmpty() && items.size() < enough);
        return items;
    }

    /** Items as one JSON array. */
    static String json(List<JsonNode> items) {
        return items.stream().map(Json::text).collect(Collectors.joining(",", "[", "]"));
    }
}
