package io.millrace.schemas.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.millrace.schemas.Failure;
import io.millrace.schemas.registry.SchemaRegistryException.Kind;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    /** A key pair whose certificate vouches for itself; both sides use it. */
    private static Path store;

    private FakeRegistry registry;
    private String url;

    @BeforeAll
    static void makeKeys() throws Exception {
        store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, keytool.waitFor());
    }

    @BeforeEach
    void start() throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
                ssl.setNeedClientAuth(true);
                parameters.setSSLParameters(ssl);
            }
        });
        registry = new FakeRegistry(server);
        url = "https://" + registry.authority();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static SSLContext context() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private Map<String, Object> trusting() {
        return new HashMap<>(Map.of(
                "schema.registry.url",
                url,
                "max.retries",
                0,
                "schema.registry.ssl.truststore.location",
                store.toString(),
                "schema.registry.ssl.truststore.password",
                PASSWORD,
                "schema.registry.ssl.truststore.type",
                "PKCS12"));
    }

    @Test
    void shouldShowItsOwnCertificateAndTrustTheConfiguredOnes() {
        Map<String, Object> config = trusting();
        config.put("schema.registry.ssl.keystore.location", store.toString());
        config.put("schema.registry.ssl.keystore.password", PASSWORD);
        config.put("schema.registry.ssl.key.password", PASSWORD);
        config.put("schema.registry.ssl.keystore.type", "PKCS12");

        assertEquals(7, FakeRegistry.client(config).register("s", Failure.SCHEMA$));
    }

    @Test
    void shouldNotReachAServerThatWantsACertificateWithoutOne() {
        assertUnavailable(trusting());
    }

    @Test
    void shouldNotTrustAServerThatIsNotVouchedFor() {
        assertUnavailable(Map.of("schema.registry.url", url, "max.retries", 0));
    }

    private static void assertUnavailable(Map<String, Object> config) {
        var refused = assertThrows(
                SchemaRegistryException.class, () -> FakeRegistry.client(config).register("s", Failure.SCHEMA$));

        assertEquals(Kind.UNAVAILABLE, refused.kind());
    }
}
