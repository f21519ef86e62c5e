package io.millrace.standalone;

import io.millrace.api.access.AccessConfig;
import io.millrace.standalone.Parts.ApiAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of processes that have no API, and can show how they are all the same. */
final class MetricsOptions {
    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "${env:MILLRACE_METRICS_PORT}",
            description = "Serve /metrics, /health/live and /health/ready on this port (or MILLRACE_METRICS_PORT);"
                    + " not served unless it is given.")
    private @Nullable Integer port;

    @Option(
            names = "--metrics-host",
            paramLabel = "ADDRESS",
            defaultValue = "${env:MILLRACE_METRICS_HOST:-127.0.0.1}",
            description = "Address for that (or MILLRACE_METRICS_HOST). There is no authentication: keep it private.")
    private String host = ApiAddress.LOOPBACK;

    /** Where to serve them, if anywhere. */
    Optional<ApiAddress> address() {
        return Optional.ofNullable(port).map(number -> new ApiAddress(host, number, AccessConfig.open()));
    }
}
