package io.millrace.standalone.console;

import io.millrace.api.ApiConfig;
import io.millrace.api.ApiServer;
import io.millrace.api.Readiness;
import io.millrace.api.access.AccessConfig;
import io.millrace.standalone.acceptance.SharedMillrace;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The API with the console, for the tests of one class. It can go away and come back, on the same port. */
final class ConsoleServer implements BeforeAllCallback, AfterAllCallback {
    private final SharedMillrace millrace;
    private @Nullable ApiServer server;
    private final AccessConfig access;
    private int port;

    /** Over this engine, which is started first. */
    ConsoleServer(SharedMillrace millrace) {
        this(millrace, AccessConfig.open());
    }

    /** For those whom the configuration lets in. */
    ConsoleServer(SharedMillrace millrace, AccessConfig access) {
        this.millrace = millrace;
        this.access = access;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // JUnit's order of extensions is not that of the fields; what runs already is only looked up.
        millrace.beforeAll(context);
        comeBack();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        goAway();
    }

    /** The address of the console, with a slash at its end. */
    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    void goAway() {
        ApiServer running = Objects.requireNonNull(server, "it is away already");
        server = null;
        running.close();
    }

    void comeBack() {
        ApiServer started = ApiServer.start(
                ApiConfig.defaults().withPort(port).withAccess(access), millrace.client(), Readiness::yes);
        server = started;
        port = started.port();
    }
}
