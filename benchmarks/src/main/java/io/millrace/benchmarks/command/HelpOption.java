package io.millrace.benchmarks.command;

import picocli.CommandLine.Option;

/** {@code --help}, and not {@code --version}: these programs have none that is not the source tree's. */
public final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit")
    private boolean help;

    /** Whether it is asked for. */
    public boolean isGiven() {
        return help;
    }
}
