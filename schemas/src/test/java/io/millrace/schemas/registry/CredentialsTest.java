package io.millrace.schemas.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Failure;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private static final String PASSWORD = "hunter2-and-more";

    private final FakeRegistry registry = new FakeRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    private @Nullable String sentWith(Map<String, ?> config) {
        Map<String, Object> all = new HashMap<>(config);
        all.putIfAbsent("schema.registry.url", registry.url());
        FakeRegistry.client(all).register("s", Failure.SCHEMA$);
        return registry.requests().get(0).authorization();
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldSendNoneUnlessConfigured() {
        assertNull(sentWith(Map.of()));
    }

    @Test
    void shouldSendUserInfo() {
        assertEquals(
                basic("ann:" + PASSWORD),
                sentWith(Map.of(
                        "basic.auth.credentials.source",
                        "USER_INFO",
                        "basic.auth.user.info",
                        new Password("ann:" + PASSWORD))));
    }

    @Test
    void shouldTakePrefixedNamesToo() {
        assertEquals(
                basic("ann:" + PASSWORD),
                sentWith(Map.of(
                        "schema.registry.basic.auth.credentials.source",
                        "USER_INFO",
                        "schema.registry.basic.auth.user.info",
                        "ann:" + PASSWORD)));
    }

    @Test
    void shouldSendWhatTheAddressCarries() {
        assertEquals(
                basic("ann:p@ss+word"),
                sentWith(Map.of(
                        "basic.auth.credentials.source",
                        "URL",
                        "schema.registry.url",
                        "http://ann:p%40ss+word@" + registry.authority())));
    }

    @Test
    void shouldSendAToken() {
        assertEquals(
                "Bearer " + PASSWORD,
                sentWith(Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", PASSWORD)));
    }

    @Test
    void shouldShowNoSecretWhateverFails() {
        String echo = "{\"message\":\"no " + PASSWORD + " and no "
                + basic("ann:" + PASSWORD).substring(6) + "\"}";
        registry.then(503, echo).then(401, echo);
        Map<String, Object> config = Map.of(
                "schema.registry.url", "http://ann:" + PASSWORD + "@" + registry.authority(), "retries.wait.ms", 1);
        PrintStream before = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        SchemaRegistryException refused;
        try {
            refused = assertThrows(
                    SchemaRegistryException.class,
                    () -> FakeRegistry.client(config).register("s", Failure.SCHEMA$));
        } finally {
            System.setErr(before);
        }

        assertTrue(logged.toString(StandardCharsets.UTF_8).contains("503: no *** and no ***"), "nothing was logged");
        String everything = stackTrace(refused)
                + logged.toString(StandardCharsets.UTF_8)
                + RegistrySettings.from(config).orElseThrow();
        assertFalse(everything.contains(PASSWORD), everything);
        assertFalse(everything.contains(basic("ann:" + PASSWORD).substring(6)), everything);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ann:hunter2-and-more@",
                "http://ann:hunter2-and-more@host name",
                "ann:hunter2-and-more@host",
                "ftp://ann:hunter2-and-more@host",
                "http://ann:hunter2-and-more@host:port"
            })
    void shouldShowNoSecretInAnUnusableAddress(String url) {
        var refused =
                assertThrows(ConfigException.class, () -> RegistrySettings.from(Map.of("schema.registry.url", url)));

        assertFalse(stackTrace(refused).contains(PASSWORD));
    }

    @Test
    void shouldShowNoSecretInAnUnusableToken() {
        var refused = assertThrows(
                ConfigException.class,
                () -> RegistrySettings.from(
                        Map.of("schema.registry.url", registry.url(), "bearer.auth.token", PASSWORD + "\nX-Other: 1")));

        assertFalse(stackTrace(refused).contains(PASSWORD));
    }

    @Test
    void shouldRefuseWhatItDoesNotSupportRatherThanGoWithout() {
        for (Map<String, String> unusable : List.of(
                Map.of("basic.auth.credentials.source", "SASL_INHERIT"),
                Map.of("basic.auth.credentials.source", "USER_INFO"),
                Map.of("bearer.auth.credentials.source", "OAUTHBEARER"),
                Map.of("bearer.auth.credentials.source", "STATIC_TOKEN"),
                Map.of("basic.auth.credentials.source", "URL", "bearer.auth.token", "t"),
                Map.of("schema.registry.ssl.endpoint.identification.algorithm", ""),
                Map.of("max.retries", "-1"),
                Map.of("http.read.timeout.ms", "soon"))) {
            Map<String, String> config = new HashMap<>(unusable);
            config.put("schema.registry.url", registry.url());

            assertThrows(ConfigException.class, () -> RegistrySettings.from(config), unusable.toString());
        }
    }

    private static String stackTrace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
