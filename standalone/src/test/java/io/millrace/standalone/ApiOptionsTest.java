package io.millrace.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.access.AccessConfig;
import io.millrace.api.access.OidcConfig;
import io.millrace.standalone.Parts.ApiAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class ApiOptionsTest {
    @Test
    void shouldListenToThisMachineAndAskNobodyUnlessToldOtherwise() {
        ApiAddress address = parse();

        assertEquals(new ApiAddress("127.0.0.1", 7070, AccessConfig.open()), address);
        assertFalse(address.access().authenticates());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void shouldNotListenToOthersWithoutAskingWhoTheyAre(String host) {
        String message = assertThrows(IllegalArgumentException.class, () -> parse("--host=" + host))
                .getMessage();

        assertTrue(message.contains(host) && message.contains("millrace token create"), message);
        assertEquals(host, parse("--host=" + host, "--tokens=t").host());
        assertEquals(
                host,
                parse("--host=" + host, "--oidc-issuer=https://id.example.org", "--oidc-audience=m")
                        .host());
    }

    @Test
    void shouldHandOnWhatTheUserSays() {
        AccessConfig access = parse(
                        "--tokens=etc/tokens",
                        "--oidc-issuer=https://id.example.org/realm",
                        "--oidc-audience=millrace",
                        "--oidc-role-claim=realm_access.roles",
                        "--oidc-name-claim=upn",
                        "--public-url=https://millrace.example.org",
                        "--rate-limit=50")
                .access();

        assertEquals(Path.of("etc/tokens"), access.tokensFile());
        OidcConfig oidc = Objects.requireNonNull(access.oidc());
        assertEquals(URI.create("https://id.example.org/realm"), oidc.issuer());
        assertEquals("millrace", oidc.audience());
        assertEquals(List.of("realm_access.roles"), oidc.roleClaims());
        assertEquals(List.of("upn"), oidc.nameClaims());
        assertEquals(URI.create("https://millrace.example.org"), access.publicUrl());
        assertEquals(50, access.requestsPerSecond());
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> parse("--oidc-issuer=https://id.example.org"))
                .getMessage()
                .contains("--oidc-audience"));
        assertThrows(IllegalArgumentException.class, () -> parse("--rate-limit=-1"));
        assertThrows(IllegalArgumentException.class, () -> parse("--public-url=millrace"));
    }

    private static ApiAddress parse(String... arguments) {
        return CommandLine.populateCommand(new ApiOptions(), arguments).address();
    }
}
