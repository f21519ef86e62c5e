package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.compare.driver.Peer;
import io.millrace.benchmarks.compare.systems.Contender;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is to be compared. */
final class CompareOptions {
    @Option(names = "--turns", paramLabel = "N", description = "How often each system has its turn (default: 5)")
    @Nullable
    Integer turns;

    @Option(
            names = "--only",
            paramLabel = "SYSTEM",
            split = ",",
            description = "Only these, by commas: millrace, millrace-fsync, dbos, dbos-async, littlehorse")
    List<String> only = List.of();

    @Option(
            names = "--works",
            paramLabel = "WORK",
            split = ",",
            description = "Only these, by commas: ${COMPLETION-CANDIDATES}")
    List<Work> works = List.of();

    @Option(
            names = "--callers",
            paramLabel = "N",
            split = ",",
            description = "The numbers of callers among which each system's best is looked for (default:"
                    + " 1,16,64,256,1024,2048)")
    List<Integer> callers = List.of();

    @Option(
            names = "--quick",
            description = "One short turn, few callers and a small backlog: shows that all of it runs; its figures say"
                    + " little")
    boolean quick;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where the systems keep their data, each in a directory of its own that is deleted: on the disk"
                            + " that is to be measured (default: the directory for temporary files)")
    Path data = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Where report.md and report.json are written (default: ${DEFAULT-VALUE})",
            defaultValue = "${sys:compare.home:-.}/target")
    Path report = Path.of("target");

    /** What to do, and how much of it. */
    Plan plan() {
        Scale scale = quick ? Scale.QUICK : Scale.FULL;
        Scale chosen = scale.with(turns == null ? scale.turns() : turns, callers.isEmpty() ? scale.callers() : callers);
        if (chosen.turns() < 1) {
            throw new IllegalArgumentException("--turns must be at least 1, not " + chosen.turns());
        }
        for (int number : chosen.callers()) {
            if (number < 1 || number > Peer.MOST_CALLERS) {
                throw new IllegalArgumentException("--callers must be 1 to " + Peer.MOST_CALLERS + ", not " + number);
            }
        }
        return new Plan(chosen, works.isEmpty() ? EnumSet.allOf(Work.class) : EnumSet.copyOf(works));
    }

    /** Those of all that were asked for, in their order. */
    List<Contender> chosen(List<Contender> all) {
        Set<String> unknown = new LinkedHashSet<>(only);
        all.forEach(each -> unknown.remove(each.name()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("--only knows "
                    + all.stream().map(Contender::name).collect(Collectors.joining(", ")) + ", and not "
                    + String.join(", ", unknown));
        }
        return all.stream()
                .filter(each -> only.isEmpty() || only.contains(each.name()))
                .toList();
    }
}
