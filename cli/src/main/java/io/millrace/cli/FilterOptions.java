package io.millrace.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which workflows to list or count. */
final class FilterOptions {
    /** {@code GET /events} knows no times; and to leave a status is a change that whoever watches it wants to see. */
    private static final Set<String> NOT_OF_EVENTS = Set.of("createdAfter", "createdBefore", "status");

    @Option(names = "--status", paramLabel = "STATUS[,STATUS]", description = "Only those in one of these statuses.")
    private @Nullable String status;

    @Option(names = "--name", paramLabel = "TYPE", description = "Only those of this workflow type.")
    private @Nullable String name;

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Only those of this queue.")
    private @Nullable String queue;

    @Option(names = "--id-prefix", paramLabel = "PREFIX", description = "Only those whose id begins so.")
    private @Nullable String idPrefix;

    @Option(names = "--version", paramLabel = "VERSION", description = "Only those pinned to this version.")
    private @Nullable String applicationVersion;

    @Option(names = "--created-after", paramLabel = "TIME", description = "Only later ones, e.g. 2026-01-31T12:00:00Z.")
    private @Nullable String createdAfter;

    @Option(names = "--created-before", paramLabel = "TIME", description = "Only earlier ones.")
    private @Nullable String createdBefore;

    @Option(names = "--parent", paramLabel = "ID", description = "Only those that this workflow started.")
    private @Nullable String parent;

    @Option(names = "--forked-from", paramLabel = "ID", description = "Only the forks of this workflow.")
    private @Nullable String forkedFrom;

    @Option(
            names = "--attribute",
            paramLabel = "KEY=VALUE",
            description = "Only those with this label; may be repeated.")
    private Map<String, String> attributes = new LinkedHashMap<>();

    /** As the API's query parameters. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "status", status);
        put(parameters, "name", name);
        put(parameters, "queue", queue);
        put(parameters, "idPrefix", idPrefix);
        put(parameters, "version", applicationVersion);
        put(parameters, "createdAfter", createdAfter);
        put(parameters, "createdBefore", createdBefore);
        put(parameters, "parent", parent);
        put(parameters, "forkedFrom", forkedFrom);
        attributes.forEach((key, value) -> put(parameters, "attribute." + key, value));
        return parameters;
    }

    /** The changes that touch these workflows, as the query of {@code GET /events}. */
    String events() {
        Map<String, String> parameters = parameters();
        parameters.keySet().removeAll(NOT_OF_EVENTS);
        return query(parameters);
    }

    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> Server.encode(parameter.getKey()) + "=" + Server.encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    static void put(Map<String, String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }
}
