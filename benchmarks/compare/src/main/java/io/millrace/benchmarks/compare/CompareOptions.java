package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.command.Check;
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
    /** Below what a session gives a task, after which it takes the process for dead. */
    private static final int LONGEST_WARM_UP_SECONDS = 180;

    @Option(
            names = "--turns",
            paramLabel = "N",
            description = "How often each system has its turn (default: 5, with --quick 1)")
    @Nullable
    Integer turns;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "How long each system works in each mode before it is measured in a turn, whose processes are"
                    + " all new (default: 30, with --quick 1)")
    @Nullable
    Integer warmUpSeconds;

    @Option(
            names = "--only",
            paramLabel = "SYSTEM",
            split = ",",
            description =
                    "Only these systems, separated by commas: millrace, millrace-fsync, dbos, dbos-async, littlehorse"
                            + " (default: all that can be run here)")
    List<String> only = List.of();

    @Option(
            names = "--works",
            paramLabel = "WORK",
            split = ",",
            description =
                    "Measure only these, separated by commas: one-step, five-steps, latency, step, drain (default: all)")
    List<String> works = List.of();

    @Option(
            names = "--callers",
            paramLabel = "N",
            split = ",",
            description =
                    "The numbers of callers at once that are tried, so that each rate is measured with the best for each system"
                            + " (default: 1,16,64,256,1024,2048; with --quick 16,256)")
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
        Check.atLeast(1, chosen.turns(), "--turns");
        if (warmUpSeconds != null) {
            Check.require(
                    warmUpSeconds >= 1 && warmUpSeconds <= LONGEST_WARM_UP_SECONDS,
                    "--warm-up must be 1 to " + LONGEST_WARM_UP_SECONDS + ", not " + warmUpSeconds);
            chosen = chosen.warmedFor(warmUpSeconds * 1_000);
        }
        for (int number : chosen.callers()) {
            Check.require(
                    number >= 1 && number <= Peer.MOST_CALLERS,
                    "--callers must be 1 to " + Peer.MOST_CALLERS + ", not " + number);
        }
        return new Plan(chosen, chosenWorks());
    }

    private Set<Work> chosenWorks() {
        EnumSet<Work> chosen = EnumSet.noneOf(Work.class);
        works.forEach(word -> chosen.add(Check.read("--works", word, Work::parse)));
        return chosen.isEmpty() ? EnumSet.allOf(Work.class) : chosen;
    }

    /** Those of all that were asked for, in their order. */
    List<Contender> chosen(List<Contender> all) {
        Set<String> unknown = new LinkedHashSet<>(only);
        all.forEach(each -> unknown.remove(each.name()));
        Check.require(
                unknown.isEmpty(),
                "--only knows " + all.stream().map(Contender::name).collect(Collectors.joining(", ")) + ", and not "
                        + String.join(", ", unknown));
        return all.stream()
                .filter(each -> only.isEmpty() || only.contains(each.name()))
                .toList();
    }
}
