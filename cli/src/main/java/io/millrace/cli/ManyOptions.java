package io.millrace.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Chooses workflows by what they are instead of by their ids, and says how to go about them. */
final class ManyOptions {
    private static final int DEFAULT_PER_SECOND = 100;
    private static final int MOST_PER_SECOND = 10_000;

    /** More are more likely a wrong filter. */
    private static final int DEFAULT_LIMIT = 10_000;

    @Option(names = "--filter-status", paramLabel = "STATUS[,STATUS]", description = "Those in one of these statuses.")
    private @Nullable String status;

    @Option(names = "--filter-name", paramLabel = "TYPE", description = "Those of this workflow type.")
    private @Nullable String name;

    @Option(names = "--filter-queue", paramLabel = "QUEUE", description = "Those of this queue.")
    private @Nullable String queue;

    @Option(names = "--filter-id-prefix", paramLabel = "PREFIX", description = "Those whose id begins so.")
    private @Nullable String idPrefix;

    @Option(names = "--filter-version", paramLabel = "VERSION", description = "Those pinned to this version.")
    private @Nullable String version;

    @Option(
            names = "--filter-created-after",
            paramLabel = "TIME",
            description = "Later ones, e.g. 2026-01-31T12:00:00Z.")
    private @Nullable String createdAfter;

    @Option(names = "--filter-created-before", paramLabel = "TIME", description = "Earlier ones.")
    private @Nullable String createdBefore;

    @Option(names = "--filter-parent", paramLabel = "ID", description = "Those that this workflow started.")
    private @Nullable String parent;

    @Option(names = "--filter-forked-from", paramLabel = "ID", description = "The forks of this workflow.")
    private @Nullable String forkedFrom;

    @Option(names = "--filter-attribute", paramLabel = "KEY=VALUE", description = "Those with this label; repeatable.")
    private Map<String, String> attributes = new LinkedHashMap<>();

    @Option(names = "--all", description = "All workflows there are.")
    private boolean all;

    @Option(names = "--dry-run", description = "Says how many there are, and does nothing.")
    private boolean dryRun;

    @Option(names = "--per-second", paramLabel = "N", description = "How fast: 1 to 10000; 100 unless given.")
    private @Nullable Integer perSecond;

    @Option(names = "--limit", paramLabel = "N", description = "Does nothing if there are more; 10000 unless given.")
    private @Nullable Integer limit;

    @Option(
            names = {"-y", "--yes"},
            description = "Does not ask first. Needed where nobody can be asked.")
    private boolean yes;

    boolean dryRun() {
        return dryRun;
    }

    boolean yes() {
        return yes;
    }

    /** Whether workflows are chosen at all. */
    boolean choose() {
        return all || !filter().isEmpty();
    }

    boolean chooseAllAndSome() {
        return all && !filter().isEmpty();
    }

    /** Whether something is said that means nothing for workflows that are named by id. */
    boolean sayHow() {
        return dryRun || yes || perSecond != null || limit != null;
    }

    /** The filter in words, said of these workflows. */
    String describe(String workflows) {
        return all
                ? "all " + workflows
                : filter().entrySet().stream()
                        .map(condition -> condition.getKey() + "=" + condition.getValue())
                        .collect(Collectors.joining(", ", workflows + " with ", ""));
    }

    /** How many workflows there may be. */
    int limit() {
        return limit == null ? DEFAULT_LIMIT : limit;
    }

    int perSecond() {
        return perSecond == null ? DEFAULT_PER_SECOND : perSecond;
    }

    void check(CommonOptions common) {
        if (perSecond() < 1 || perSecond() > MOST_PER_SECOND) {
            throw common.usage("--per-second must be 1 to " + MOST_PER_SECOND + ", not " + perSecond);
        }
        if (limit() < 1) {
            throw common.usage("--limit must be at least 1, not " + limit);
        }
    }

    Map<String, String> filter() {
        Map<String, String> filter = new LinkedHashMap<>();
        put(filter, "status", status);
        put(filter, "name", name);
        put(filter, "queue", queue);
        put(filter, "idPrefix", idPrefix);
        put(filter, "version", version);
        put(filter, "createdAfter", createdAfter);
        put(filter, "createdBefore", createdBefore);
        put(filter, "parent", parent);
        put(filter, "forkedFrom", forkedFrom);
        attributes.forEach((key, value) -> put(filter, "attribute." + key, value));
        return filter;
    }

    private static void put(Map<String, String> filter, String name, @Nullable String value) {
        if (value != null) {
            filter.put(name, value);
        }
    }
}
