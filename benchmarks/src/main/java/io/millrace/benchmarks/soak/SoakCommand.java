package io.millrace.benchmarks.soak;

import io.millrace.benchmarks.command.HelpOption;
import io.millrace.benchmarks.command.OwnOptions;
import io.millrace.benchmarks.command.ReportFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace soak}: whether anything grows in hours of work. */
@Command(
        name = "soak",
        sortOptions = false,
        description = "Works at part load for an hour while workers come and go, and says whether anything grows.",
        footer = {
            "",
            "Exit code 0: nothing grows, nothing was lost, and all that was finished is gone. 1: it says what does.",
        })
public final class SoakCommand implements Callable<Integer> {
    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final SoakOptions options = new SoakOptions();

    @ArgGroup(exclusive = false, validate = false, heading = "%nBroker and engine:%n")
    private OwnOptions own = new OwnOptions();

    @Override
    public Integer call() throws Exception {
        options.check();
        own.check();
        SoakReport report = new SoakRun(options, own).run();
        System.out.println(report.text());
        ReportFile.write(options.svg, () -> TrendsSvg.of(report.series()));
        ReportFile.write(options.json, report::json);
        return report.passed() ? 0 : 1;
    }
}
