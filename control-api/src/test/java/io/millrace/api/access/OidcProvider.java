package io.millrace.api.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A small OpenID provider: a discovery document, a set of keys, and tokens signed with them. */
final class OidcProvider implements AutoCloseable {
    static final String AUDIENCE = "millrace";

    final AtomicInteger keyFetches = new AtomicInteger();
    private final HttpServer server;
    private final int port;
    private volatile JWKSet keys = new JWKSet();
    private volatile String issuerInDocument;
    private volatile boolean down;

    OidcProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        port = server.getAddress().getPort();
        issuerInDocument = issuer().toString();
        server.createContext("/realm/.well-known/openid-configuration", exchange -> {
            String document = "{\"issuer\": \"" + issuerInDocument + "\", \"jwks_uri\": \"" + issuer() + "/keys\"}";
            answer(exchange, document);
        });
        server.createContext("/realm/keys", exchange -> {
            keyFetches.incrementAndGet();
            answer(exchange, keys.toString(true));
        });
        server.start();
    }

    URI issuer() {
        return URI.create("http://127.0.0.1:" + port + "/realm");
    }

    /** Publishes these keys and no others. */
    void publish(JWK... published) {
        keys = new JWKSet(List.of(published));
    }

    /** From now on it answers with errors, or no longer. */
    void setDown(boolean down) {
        this.down = down;
    }

    void claimToBe(String issuer) {
        issuerInDocument = issuer;
    }

    /** Claims as they should be, to be changed by the test. */
    JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(issuer().toString())
                .audience(AUDIENCE)
                .subject("4711")
                .claim("preferred_username", "alice")
                .claim("roles", List.of("offline_access", "operator"))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    static String signed(JWK key, JWTClaimsSet claims) throws Exception {
        JWSAlgorithm algorithm = key instanceof RSAKey ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256;
        JWSSigner signer = key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner((ECKey) key);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private void answer(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(down ? 503 : 200, down ? -1 : body.length);
            if (!down) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
