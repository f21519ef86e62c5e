package io.millrace.standalone.fuzz;

import java.util.List;
import java.util.Random;

/** The names that hostile input uses: few, so that its workflows, queues and workers meet, and what is kept of them has a bound. */
final class HostileNames {
    /** What the names of workflows, queues and workers begin with. */
    static final String PREFIX = "hostile-";

    private static final int WORKFLOWS = 400;
    private static final int QUEUES = 20;
    private static final int WORKERS = 60;

    /** None of them can be the name of anything. */
    private static final List<String> IMPOSSIBLE = List.of(
            "", " ", "\u0000", "a\nb", "\uD83D", "../../etc/passwd", "%00", "x".repeat(257), "\u202e\u0007", "engine:");

    private HostileNames() {}

    static String workflow(Random random) {
        return PREFIX + random.nextInt(WORKFLOWS);
    }

    static String queue(Random random) {
        return "hostile-queue-" + random.nextInt(QUEUES);
    }

    static String worker(Random random) {
        return "hostile-worker-" + random.nextInt(WORKERS);
    }

    static String type(Random random) {
        return "hostile.type" + random.nextInt(5);
    }

    static String impossible(Random random) {
        return IMPOSSIBLE.get(random.nextInt(IMPOSSIBLE.size()));
    }

    /** A name for a field or a parameter that is called so. */
    static String named(String field, Random random) {
        String what = field.toLowerCase(java.util.Locale.ROOT);
        if (what.contains("queue")) {
            return queue(random);
        }
        if (what.contains("type") || what.equals("name")) {
            return type(random);
        }
        if (what.contains("worker") || what.equals("host")) {
            return worker(random);
        }
        return what.contains("workflow") || what.contains("source") || what.contains("parent") || what.equals("id")
                ? workflow(random)
                : "word" + random.nextInt(50);
    }
}
