package io.millrace.api.access;

import java.net.URI;
import java.util.List;

/**
 * An OpenID provider whose tokens are accepted.
 *
 * @param issuer the provider's own URL, as in its tokens; {@code https}, or {@code http} on loopback
 * @param audience whom a token must be for: what Millrace is called at the provider
 * @param roleClaims where a token says its roles, the first one that is there counts; a dot leads into nested claims
 * @param nameClaims where it says the name, the first one that is there counts
 */
public record OidcConfig(URI issuer, String audience, List<String> roleClaims, List<String> nameClaims) {
    /** A claim of our own first, and else the one that most providers have. */
    public static final List<String> DEFAULT_ROLE_CLAIMS = List.of("millrace_role", "roles");

    /** What people know each other by; the subject is always there. */
    public static final List<String> DEFAULT_NAME_CLAIMS = List.of("preferred_username", "email", "sub");

    /**
     * Checks the issuer and the audience.
     *
     * @throws IllegalArgumentException if tokens of this issuer could not be trusted, or the audience is blank
     */
    public OidcConfig {
        requireTrustworthy(issuer);
        if (audience.isBlank()) {
            throw new IllegalArgumentException("an OpenID issuer needs an audience: tokens that the provider made for"
                    + " other programs must not be accepted here");
        }
        roleClaims = List.copyOf(roleClaims);
        nameClaims = List.copyOf(nameClaims);
    }

    /** An issuer and its audience, with the usual claims. */
    public static OidcConfig of(URI issuer, String audience) {
        return new OidcConfig(issuer, audience, DEFAULT_ROLE_CLAIMS, DEFAULT_NAME_CLAIMS);
    }

    /** The same with the roles in this claim only. */
    public OidcConfig withRoleClaim(String claim) {
        return new OidcConfig(issuer, audience, List.of(claim), nameClaims);
    }

    /** The same with the name in this claim only. */
    public OidcConfig withNameClaim(String claim) {
        return new OidcConfig(issuer, audience, roleClaims, List.of(claim));
    }

    /** Whoever could change what comes from there could make anybody an administrator. */
    static void requireTrustworthy(URI url) {
        boolean secure = "https".equals(url.getScheme());
        boolean local = "http".equals(url.getScheme()) && Loopback.isName(String.valueOf(url.getHost()));
        if (url.getHost() == null || !(secure || local)) {
            throw new IllegalArgumentException(
                    "the OpenID provider's URL must begin with https:// (http:// on loopback only), not \"" + url
                            + "\"");
        }
    }
}
