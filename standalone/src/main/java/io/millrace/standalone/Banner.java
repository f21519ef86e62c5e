package io.millrace.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** What the user sees when {@code millrace dev} can be used. */
final class Banner {
    /** How the launcher was called, so that the command to try can be pasted. */
    private static final String COMMAND = System.getProperty("millrace.command", "./millrace");

    private Banner() {}

    static String of(DevServer server, DevOptions options, Path log, Duration startUp) {
        String external = options.bootstrapServers();
        return """

                  Millrace is ready  (%s s)

                    Console %s
                    API     %s/api/v1
                    Kafka   %s%s, topics %s.*
                    Data    %s
                    Log     %s

                    Try     %s
                    Stop    Ctrl-C
                """.formatted(
                        String.format(Locale.ROOT, "%.1f", startUp.toMillis() / 1000.0),
                        server.api().url(),
                        server.api().url(),
                        server.cluster().bootstrapServers(),
                        external == null ? "" : " (external)",
                        server.cluster().namespace().name(),
                        options.dataDirectory(),
                        log,
                        somethingToTry(server, options.sampleWorker()));
    }

    private static String somethingToTry(DevServer server, boolean sampleWorker) {
        String where = server.api().port() == Parts.ApiAddress.DEFAULT_PORT
                ? ""
                : " --server " + server.api().url();
        return sampleWorker
                ? COMMAND + " workflow start demo.checkout --wait" + where
                : COMMAND + " workflow list" + where;
    }
}
