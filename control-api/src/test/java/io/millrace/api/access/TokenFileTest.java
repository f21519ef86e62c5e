package io.millrace.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFileTest {
    private final ApiToken alices = ApiToken.random();
    private final ApiToken bobs = ApiToken.random();
    private final AtomicLong nanos = new AtomicLong();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("tokens");
    }

    @Test
    void shouldKnowTheHoldersOfItsTokens() throws IOException {
        write("# people", "", "  " + line("alice", Role.OPERATOR, alices), line("bob", Role.VIEWER, bobs));
        TokenFile tokens = open();

        assertEquals(
                Optional.of(new Principal("alice", Role.OPERATOR, Principal.Authentication.TOKEN)),
                tokens.authenticate(alices.secret()));
        assertEquals(Optional.of("bob"), name(tokens, bobs));
        assertEquals(Optional.empty(), tokens.authenticate(ApiToken.random().secret()));
        assertEquals(Optional.empty(), tokens.authenticate(alices.hash()), "the hash is no token");
        assertEquals(Optional.empty(), tokens.authenticate(""));
    }

    @Test
    void shouldKnowOfChangesWithinASecond() throws IOException {
        write(line("alice", Role.OPERATOR, alices));
        TokenFile tokens = open();
        write(line("bob", Role.VIEWER, bobs));

        nanos.addAndGet(TokenFile.LOOK_AGAIN_NANOS);

        assertEquals(Optional.empty(), name(tokens, alices));
        assertEquals(Optional.of("bob"), name(tokens, bobs));
    }

    @Test
    void shouldKeepItsTokensWhileTheFileCannotBeRead() throws IOException {
        write(line("alice", Role.OPERATOR, alices));
        TokenFile tokens = open();

        write(line("bob", Role.VIEWER, bobs), "nonsense");
        nanos.addAndGet(TokenFile.LOOK_AGAIN_NANOS);
        assertEquals(Optional.of("alice"), name(tokens, alices));
        assertEquals(Optional.empty(), name(tokens, bobs));

        Files.delete(file);
        nanos.addAndGet(TokenFile.LOOK_AGAIN_NANOS);
        assertEquals(Optional.of("alice"), name(tokens, alices));

        write(line("bob", Role.VIEWER, bobs));
        nanos.addAndGet(TokenFile.LOOK_AGAIN_NANOS);
        assertEquals(Optional.of("bob"), name(tokens, bobs));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alice | NAME ROLE HASH",
                "alice operator HASH more | NAME ROLE HASH",
                "alice boss HASH | \"boss\" is no role; there are viewer, operator, admin",
                "alice anyone HASH | is no role",
                "alice admin mlr_x | SHA-256",
                "alice admin abcd | SHA-256",
            })
    void shouldNameFileAndLineOfWhatIsWrong(String line, String complaint) throws IOException {
        write("# first", line.strip().replace("HASH", alices.hash()));

        String message =
                assertThrows(IllegalArgumentException.class, this::open).getMessage();

        assertTrue(message.contains(file + ", line 2: "), message);
        assertTrue(message.contains(complaint), message);
    }

    @Test
    void shouldNotRepeatATokenThatStandsWhereItsHashBelongs() throws IOException {
        write("alice admin " + alices.secret());

        String message =
                assertThrows(IllegalArgumentException.class, this::open).getMessage();

        assertFalse(message.contains(alices.secret()), message);
    }

    @Test
    void shouldRefuseTheSameTokenTwice() throws IOException {
        write(line("alice", Role.ADMIN, alices), line("bob", Role.VIEWER, alices));

        assertTrue(assertThrows(IllegalArgumentException.class, this::open)
                .getMessage()
                .contains("line 2: the token is there already"));
    }

    @Test
    void shouldSayHowToMakeAFileThatIsNotThere() {
        assertTrue(assertThrows(IllegalArgumentException.class, this::open)
                .getMessage()
                .contains("millrace token create"));
    }

    @Test
    void shouldMakeTokensThatNobodyGuesses() {
        assertNotEquals(alices.secret(), bobs.secret());
        assertTrue(alices.secret().matches("mlr_[A-Za-z0-9_-]{43}"), alices.secret());
        assertFalse(alices.toString().contains(alices.secret()));
    }

    private TokenFile open() {
        return TokenFile.open(file, nanos::get);
    }

    private void write(String... lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private static String line(String name, Role role, ApiToken token) {
        return new TokenLine(name, role, token.hash()).text();
    }

    private static Optional<String> name(TokenFile tokens, ApiToken token) {
        return tokens.authenticate(token.secret()).map(Principal::name);
    }
}
