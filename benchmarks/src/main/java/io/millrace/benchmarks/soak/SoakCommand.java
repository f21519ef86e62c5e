package io.millrace.benchmarks.soak;

import io.millrace.benchmarks.cluster.OwnOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace soak}: whether anything grows in hours of work. */
@Command(
        name = "soak",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Works at part load for an hour while workers come and go, and says whether anything grows.",
        footer = {
            "",
            "Exit code 0: nothing grows, nothing was lost, and all that was finished is gone. 1: it says what does.",
        })
public final class SoakCommand implements Callable<Integer> {
    @Mixin
    private final SoakOptions options = new SoakOptions();

    @ArgGroup(exclusive = false, validate = false, heading = "%nBroker and engine:%n")
    private OwnOptions own = new OwnOptions();

    @Override
    public Integer call() throws Exception {
        options.check();
        SoakReport report = new SoakRun(options, own).run();
        System.out.println(report.text());
        write(options.svg, TrendsSvg.of(report.series()));
        write(options.json, report.json());
        return report.passed() ? 0 : 1;
    }

    private static void write(@Nullable Path file, String text) throws Exception {
        if (file != null) {
            Files.writeString(file, text + "\n");
            System.err.println("written: " + file);
        }
    }
}
