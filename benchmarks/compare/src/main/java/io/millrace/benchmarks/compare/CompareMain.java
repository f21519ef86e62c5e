package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.command.HelpOption;
import io.millrace.benchmarks.command.Program;
import io.millrace.benchmarks.compare.Report.Described;
import io.millrace.benchmarks.compare.systems.Contender;
import io.millrace.benchmarks.compare.systems.DbosContender;
import io.millrace.benchmarks.compare.systems.LittleHorseContender;
import io.millrace.benchmarks.compare.systems.MillraceContender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace compare}. */
@Command(
        name = "millrace compare",
        sortOptions = false,
        description = "Runs Millrace and its peers on this machine, the same works in turns, and prints the ratios.")
public final class CompareMain implements Callable<Integer> {
    private static final String HOME = "compare.home";

    private final long began = System.nanoTime();

    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private CompareOptions options = new CompareOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private CompareMain() {}

    /** Exit code 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] args) {
        Program.run(new CompareMain(), args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Plan plan = options.plan();
        List<Contender> present = new ArrayList<>();
        Map<String, String> skipped = new LinkedHashMap<>();
        for (Contender each : options.chosen(contenders())) {
            each.missing().ifPresentOrElse(reason -> skipped.put(each.name(), reason), () -> present.add(each));
        }
        skipped.forEach((name, reason) -> say("leaving out " + name + ": " + reason));
        if (present.isEmpty()) {
            throw new IllegalStateException("none of the systems can be run here");
        }
        Path data = Files.createDirectories(options.data);
        Machine machine = Machine.here(data);
        say(machine.text());
        String date = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
        Comparison comparison = new Comparison(present, plan, data, this::say);
        Runtime.getRuntime().addShutdownHook(new Thread(comparison::stop, "stop"));
        List<Measurement> measurements = comparison.run();
        write(new Report(command(), date, machine, plan.scale().callers(), described(present), skipped, measurements));
        return 0;
    }

    private static List<Contender> contenders() {
        Path home = Path.of(System.getProperty(HOME, ".")).toAbsolutePath().normalize();
        return List.of(
                new MillraceContender(false),
                new MillraceContender(true),
                new DbosContender(home, true),
                new DbosContender(home, false),
                new LittleHorseContender(home));
    }

    private static List<Described> described(List<Contender> contenders) {
        return contenders.stream()
                .map(each -> new Described(each.name(), each.versions(), each.durability(), each.remarks()))
                .toList();
    }

    private String command() {
        List<String> words = new ArrayList<>(List.of("./millrace compare"));
        words.addAll(spec.commandLine().getParseResult().originalArgs());
        return String.join(" ", words);
    }

    private void write(Report report) throws IOException {
        Path directory = Files.createDirectories(options.report);
        Files.writeString(directory.resolve("report.md"), report.markdown());
        Files.writeString(directory.resolve("report.json"), report.json());
        System.out.println(report.markdown());
        say("written to " + directory.resolve("report.md") + " and report.json");
    }

    /** What is not the report goes to standard error, so that the report can be piped. */
    private void say(String text) {
        Duration since = Duration.ofNanos(System.nanoTime() - began);
        System.err.printf("%02d:%02d  %s%n", since.toMinutes(), since.toSecondsPart(), text);
    }
}
