package io.millrace.api.access;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.millrace.api.Role;
import io.millrace.api.access.Principal.Authentication;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OidcTokensTest {
    /** Long enough that a test fetches keys once, and no more. */
    private static final ProviderKeys.Pace RARELY = new ProviderKeys.Pace(Duration.ofHours(1), Duration.ofMinutes(30));

    private static final ProviderKeys.Pace OFTEN = new ProviderKeys.Pace(Duration.ofHours(1), Duration.ofMillis(1));

    private static RSAKey rsa;
    private static RSAKey otherRsa;
    private static ECKey ec;

    private OidcProvider provider;

    @BeforeEach
    void startProvider() throws Exception {
        if (rsa == null) {
            rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
            otherRsa = new RSAKeyGenerator(2048).keyID("rsa-2").generate();
            ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        }
        provider = new OidcProvider();
        provider.publish(rsa.toPublicJWK(), ec.toPublicJWK());
    }

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @Test
    void shouldKnowWhoHoldsATokenOfTheProvider() throws Exception {
        OidcTokens tokens = tokens(RARELY);
        Principal alice = new Principal("alice (4711)", Role.OPERATOR, Authentication.OIDC);

        assertEquals(Optional.of(alice), tokens.authenticate(token(claims())));
        assertEquals(Optional.of(alice), tokens.authenticate(OidcProvider.signed(ec, claims().build())));
        assertEquals(1, provider.keyFetches.get(), "the keys are kept");
        assertEquals(
                Optional.empty(),
                tokens.authenticate(ApiToken.random().secret()),
                "tokens of another kind are not its");
    }

    @Test
    void shouldTakeAccessTokensAsTheirStandardNamesThem() throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.PS256)
                        .keyID("rsa")
                        .type(new JOSEObjectType("at+jwt"))
                        .build(),
                claims().build());
        token.sign(new RSASSASigner(rsa));

        assertTrue(tokens(RARELY).authenticate(token.serialize()).isPresent());
    }

    @Test
    void shouldRefuseWhatTheProviderHasNotSignedForUsAndForNow() throws Exception {
        assertRefused(claims().audience("another-program"));
        assertRefused(claims().audience((String) null));
        assertRefused(claims().issuer("https://evil.example"));
        assertRefused(claims().expirationTime(Date.from(Instant.now().minusSeconds(120))));
        assertRefused(claims().expirationTime(null));
        assertRefused(claims().notBeforeTime(Date.from(Instant.now().plusSeconds(300))));
        String good = token(claims());
        assertRefused(good.substring(0, good.length() - 8) + "AAAAAAAA");
        String[] parts = good.split("\\.");
        String[] others = token(claims().claim("roles", "admin")).split("\\.");
        assertRefused(parts[0] + "." + others[1] + "." + parts[2]);
        assertRefused("a.b.c");
        assertRefused("..");
    }

    @Test
    void shouldRefuseTokensThatNobodySigned() throws Exception {
        assertRefused(new PlainJWT(claims().build()).serialize());
    }

    /** Whoever knows the public key must not be able to sign with it as if it were a shared secret. */
    @Test
    void shouldNotTakeThePublicKeyForASecret() throws Exception {
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build(), claims().build());
        forged.sign(new MACSigner(rsa.toRSAPublicKey().getEncoded()));

        assertRefused(forged.serialize());
    }

    @Test
    void shouldRefuseTheKeyThatATokenBringsItself() throws Exception {
        RSAKey own = new RSAKeyGenerator(2048).keyID("rsa").generate();
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID("rsa")
                        .jwk(own.toPublicJWK())
                        .jwkURL(URI.create("https://evil.example/keys"))
                        .build(),
                claims().build());
        forged.sign(new RSASSASigner(own));

        assertRefused(forged.serialize());
    }

    @Test
    void shouldFollowTheProviderToNewKeys() throws Exception {
        OidcTokens tokens = tokens(OFTEN);
        String before = token(claims());
        assertTrue(tokens.authenticate(before).isPresent());

        provider.publish(otherRsa.toPublicJWK());
        String after = OidcProvider.signed(otherRsa, claims().build());

        await().ignoreException(AccessRefusedException.class)
                .until(() -> tokens.authenticate(after).isPresent());
        assertEquals(401, refusal(tokens, before).status(), "the old key counts no longer");
    }

    @Test
    void shouldNotBeMadeToFloodTheProviderByKeysThatDoNotExist() throws Exception {
        OidcTokens tokens = tokens(RARELY);
        assertTrue(tokens.authenticate(token(claims())).isPresent());
        String forged = OidcProvider.signed(otherRsa, claims().build());

        for (int i = 0; i < 50; i++) {
            int status = refusal(tokens, forged).status();
            assertTrue(status == 401 || status == 503, "status " + status);
        }

        assertTrue(provider.keyFetches.get() <= 3, "fetched " + provider.keyFetches + " times");
        assertTrue(tokens.authenticate(token(claims())).isPresent());
    }

    @Test
    void shouldSayThatItCannotTellWhileTheProviderIsAway() throws Exception {
        provider.setDown(true);
        OidcTokens tokens = tokens(OFTEN);
        String good = token(claims());

        AccessRefusedException refusal = refusal(tokens, good);
        assertEquals(503, refusal.status());
        assertTrue(refusal.getMessage().contains(provider.issuer().toString()), refusal.getMessage());

        provider.setDown(false);
        await().ignoreException(AccessRefusedException.class)
                .until(() -> tokens.authenticate(good).isPresent());
        provider.setDown(true);
        assertTrue(tokens.authenticate(good).isPresent(), "keys that are known keep on working");
        assertEquals(
                503,
                refusal(tokens, OidcProvider.signed(otherRsa, claims().build())).status());
    }

    @Test
    void shouldNotTrustADiscoveryDocumentOfSomebodyElse() throws Exception {
        provider.claimToBe("https://evil.example");

        assertEquals(503, refusal(tokens(OFTEN), token(claims())).status());
    }

    @Test
    void shouldTakeTheHighestRoleFromWhereverItIsSaid() throws Exception {
        assertEquals(Role.ADMIN, role(claims().claim("roles", List.of("viewer", "Admin", "operator"))));
        assertEquals(Role.VIEWER, role(claims().claim("roles", "viewer")));
        assertEquals(Role.VIEWER, role(claims().claim("millrace_role", "VIEWER")), "our own claim goes first");
        assertEquals(Role.ANYONE, role(claims().claim("roles", List.of("boss"))));
        assertEquals(Role.ANYONE, role(claims().claim("roles", null)));
        assertEquals(Role.ANYONE, role(claims().claim("roles", Map.of("viewer", true))));
        OidcConfig keycloak = config().withRoleClaim("realm_access.roles");
        String token = token(claims().claim("realm_access", Map.of("roles", List.of("admin"))));
        assertEquals(
                Role.ADMIN,
                tokens(keycloak, RARELY).authenticate(token).orElseThrow().role());
    }

    @Test
    void shouldTakeTheFirstNameThatIsOne() throws Exception {
        assertEquals(
                "alice@example.org (4711)",
                name(claims().claim("preferred_username", null).claim("email", "alice@example.org")));
        assertEquals("4711", name(claims().claim("preferred_username", "a\u0007b")));
        assertRefused(claims().claim("preferred_username", null).subject(null));
        String token = token(claims().claim("upn", "A. Lice"));
        assertEquals(
                "A. Lice",
                tokens(config().withNameClaim("upn"), RARELY)
                        .authenticate(token)
                        .orElseThrow()
                        .name());
    }

    @Test
    void shouldTrustNoProviderThatAnybodyCouldPlay() {
        for (String issuer : List.of("http://id.example.org", "ftp://id.example.org", "id.example.org", "https:///x")) {
            assertThrows(IllegalArgumentException.class, () -> OidcConfig.of(URI.create(issuer), "millrace"), issuer);
        }
        assertThrows(IllegalArgumentException.class, () -> OidcConfig.of(URI.create("https://id.example.org"), " "));
    }

    private Role role(JWTClaimsSet.Builder claims) throws Exception {
        return tokens(RARELY).authenticate(token(claims)).orElseThrow().role();
    }

    private String name(JWTClaimsSet.Builder claims) throws Exception {
        return tokens(RARELY).authenticate(token(claims)).orElseThrow().name();
    }

    private void assertRefused(JWTClaimsSet.Builder claims) throws Exception {
        assertRefused(token(claims));
    }

    private void assertRefused(String token) {
        AccessRefusedException refusal = refusal(tokens(RARELY), token);
        assertEquals(401, refusal.status(), refusal.getMessage());
        assertEquals("Bearer", refusal.headers().get("WWW-Authenticate"));
        assertFalse(token.length() > 3 && refusal.getMessage().contains(token), refusal.getMessage());
    }

    private static AccessRefusedException refusal(OidcTokens tokens, String token) {
        return assertThrows(AccessRefusedException.class, () -> tokens.authenticate(token));
    }

    private JWTClaimsSet.Builder claims() {
        return provider.claims();
    }

    private static String token(JWTClaimsSet.Builder claims) throws Exception {
        return OidcProvider.signed(rsa, claims.build());
    }

    private OidcConfig config() {
        return OidcConfig.of(provider.issuer(), OidcProvider.AUDIENCE);
    }

    private OidcTokens tokens(ProviderKeys.Pace pace) {
        return tokens(config(), pace);
    }

    private static OidcTokens tokens(OidcConfig config, ProviderKeys.Pace pace) {
        return new OidcTokens(config, new ProviderKeys(config.issuer(), pace));
    }
}
