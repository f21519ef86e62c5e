package io.millrace.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Whether to go on showing. */
final class WatchOption {
    @Option(
            names = {"-w", "--watch"},
            description = "Goes on showing it as it changes; where output is no terminal, a line for each change.")
    private boolean watch;

    /**
     * Shows it once, or until it is over.
     *
     * @param events which changes of workflows touch it, as the query of {@code GET /events}
     * @return the exit code
     */
    int show(CommonOptions common, Server server, String events, Supplier<View> look) {
        if (watch) {
            return new Watch(common, server.http(), events).follow(look);
        }
        View view = look.get();
        if (common.asJson()) {
            common.print(view.json());
        } else {
            common.print(view.table());
        }
        return 0;
    }
}
