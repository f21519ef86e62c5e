package io.millrace.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace completion}. */
@Command(
        name = "completion",
        description = "Prints what completes commands and options in a shell: bash, zsh or fish.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(${COMMAND-FULL-NAME} bash)            in ~/.bashrc, and so for zsh in ~/.zshrc",
            "  ${COMMAND-FULL-NAME} fish > ~/.config/fish/completions/millrace.fish"
        })
final class Completion implements Callable<Integer> {
    /** What there is a completion for. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    private Shell shell;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        // One script is for both: under zsh it loads zsh's own support of bash's completions.
        spec.commandLine()
                .getOut()
                .print(shell == Shell.FISH ? FishCompletion.of(root) : AutoComplete.bash("millrace", root));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
