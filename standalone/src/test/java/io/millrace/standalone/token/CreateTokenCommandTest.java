package io.millrace.standalone.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.ApiConfig;
import io.millrace.api.access.AccessConfig;
import io.millrace.api.access.AccessGate;
import io.millrace.api.access.SecurityHeaders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CreateTokenCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void shouldPrintTheTokenOnceAndKeepItsHashAlone() throws IOException {
        Path file = directory.resolve("tokens");

        assertEquals(0, create("--name", "alice", "--role", "operator", "--file", file.toString()));

        String token = out.toString().strip();
        assertTrue(token.matches("mlr_[A-Za-z0-9_-]{43}"), token);
        assertTrue(Files.readString(file).matches("alice operator [0-9a-f]{64}\n"), Files.readString(file));
        assertFalse(err.toString().contains(token), "only where a script can take it from");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void shouldAddToAFileThatIsThereAndThatTheServerThenReads() throws IOException {
        Path file = Files.writeString(directory.resolve("tokens"), "# ours");

        create("--name", "alice", "--role", "admin", "--file", file.toString());
        create("--name", "bob", "--role", "viewer", "--file", file.toString());

        List<String> lines = Files.readAllLines(file);
        assertEquals(3, lines.size());
        assertEquals("# ours", lines.get(0));
        assertTrue(lines.get(2).startsWith("bob viewer "), lines.get(2));
        AccessGate.of(
                AccessConfig.open().withTokens(file), ApiConfig.defaults().host(), SecurityHeaders.allowing(List.of()));
    }

    @Test
    void shouldPrintTheLineWhereThereIsNoFile() {
        create("--name", "alice", "--role", "viewer");

        assertTrue(
                err.toString().lines().anyMatch(line -> line.matches("  alice viewer [0-9a-f]{64}")), err.toString());
    }

    @Test
    void shouldMakeNothingForARoleThatIsNone() {
        Path file = directory.resolve("tokens");

        assertEquals(1, create("--name", "alice", "--role", "boss", "--file", file.toString()));
        assertEquals(1, create("--name", "a lice", "--role", "admin", "--file", file.toString()));
        assertEquals(2, create("--role", "admin"));

        assertFalse(Files.exists(file));
        assertEquals("", out.toString());
    }

    private int create(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "create";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new CommandLine(new TokenCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
