package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes with requests, and what is said where the server does not take it, against a server that keeps what came. */
class AccessTest extends CliTest {
    private final AtomicReference<String> authorization = new AtomicReference<>();
    private final AtomicReference<String> issuer = new AtomicReference<>();
    private HttpServer server;
    private int status = 200;
    private String body = "{\"items\":[]}";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
            issuer.set(exchange.getRequestHeaders().getFirst("Millrace-Issuer"));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Retry-After", "7");
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldSendTheTokenAndWhoItIs(@TempDir Path directory) throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "s3cret\n");

        assertEquals(0, list("--token-file", token.toString()));

        assertEquals("Bearer s3cret", authorization.get());
        assertEquals(Access.issuer(System.getProperty("user.name")), issuer.get());
    }

    @Test
    void shouldNotSendATokenInTheOpen(@TempDir Path directory) throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "s3cret");
        String[] command = {"workflow", "list", "--server", "http://192.0.2.1:7070", "--token-file", token.toString()};

        assertEquals(2, execute(command));

        assertNoted("Use https://, or add --insecure-http");
        assertFalse(err.toString().contains("s3cret"), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "two words", "line\nbreak", "s3cret\n#\nlines", "# alice\r\ns3cret"})
    void shouldRefuseWhatIsNoToken(String text, @TempDir Path directory) throws Exception {
        Path token = Files.writeString(directory.resolve("token"), text);

        assertEquals(2, list("--token-file", token.toString()));
        assertEquals(2, list("--token-file", directory.resolve("none").toString()));
        assertEquals(2, list("--ca-file", token.toString()));
        assertFalse(err.toString().contains("s3cret"), err.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "401, add --token-file FILE",
        "403, Ask whoever runs the server for a role",
        "429, try again in 7 s",
        "503, Try again in 7 s"
    })
    void shouldSayWhatToDoNext(int refusal, String advice) {
        status = refusal;
        body = "{\"status\":" + refusal + ",\"detail\":\"not so\"}";

        assertEquals(1, list());

        assertNoted("millrace: not so");
        assertNoted(advice);
    }

    @Test
    void shouldSayThatATokenWasNotTaken(@TempDir Path directory) throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "old");
        status = 401;
        body = "{\"status\":401,\"detail\":\"unknown token\"}";

        assertEquals(1, list("--token-file", token.toString()));
        assertNoted("it may have run out");
        assertEquals(1, execute("workflow", "cancel", "w", "--server", url(), "--token-file", token.toString()));
    }

    @Test
    void shouldKnowWhatIsNoMillrace() {
        body = "<html>";

        assertEquals(1, list());
        assertNoted("this is no Millrace server");
        status = 404;
        assertEquals(1, list());
        assertNoted("answered 404 and is no Millrace server");
    }

    @Test
    void shouldNameUsersSoThatAHeaderCanHoldThem() {
        assertEquals("J?rg", Access.issuer("J\u00f6rg"));
        assertEquals(100, Access.issuer("x".repeat(200)).length());
        assertTrue(Access.isInTheOpen(URI.create("http://192.0.2.1")));
        assertFalse(Access.isInTheOpen(URI.create("https://192.0.2.1")));
        assertFalse(Access.isInTheOpen(URI.create("http://[::1]:7070")));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private int list(String... more) {
        String[] command = {"workflow", "list", "--server", url()};
        String[] all = Arrays.copyOf(command, command.length + more.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        return execute(all);
    }
}
