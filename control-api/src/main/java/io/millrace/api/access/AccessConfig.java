package io.millrace.api.access;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the API. Without tokens and without an OpenID provider nobody is asked who they are, and then the API may be reached from this
 * machine only.
 *
 * @param tokensFile a file with the hashes of tokens, which is read again when it changes; null for none
 * @param oidc a provider whose tokens are accepted; null for none
 * @param publicUrl what browsers call this server, where a proxy is in between; null where there is none
 * @param requestsPerSecond how many requests one principal may make in a second, for a while twice as many; 0 for any number
 */
public record AccessConfig(
        @Nullable Path tokensFile,
        @Nullable OidcConfig oidc,
        @Nullable URI publicUrl,
        int requestsPerSecond) {
    /** More than one program that is meant well sends in a second, and less than would keep the server from all others. */
    public static final int DEFAULT_REQUESTS_PER_SECOND = 2_000;

    private static final int MAX_REQUESTS_PER_SECOND = 1_000_000;

    /**
     * Checks the URL and the rate.
     *
     * @throws IllegalArgumentException if one of them cannot be
     */
    public AccessConfig {
        if (publicUrl != null && (publicUrl.getHost() == null || publicUrl.getScheme() == null)) {
            throw new IllegalArgumentException(
                    "the public URL must be what browsers call this server, such as https://millrace.example.org, not \""
                            + publicUrl + "\"");
        }
        if (requestsPerSecond < 0 || requestsPerSecond > MAX_REQUESTS_PER_SECOND) {
            throw new IllegalArgumentException("the request rate must be 0 (no limit) to " + MAX_REQUESTS_PER_SECOND
                    + " a second, not " + requestsPerSecond);
        }
    }

    /** Nobody is asked who they are. */
    public static AccessConfig open() {
        return new AccessConfig(null, null, null, DEFAULT_REQUESTS_PER_SECOND);
    }

    /** The same with the tokens of this file. */
    public AccessConfig withTokens(Path file) {
        return new AccessConfig(file, oidc, publicUrl, requestsPerSecond);
    }

    /** The same with the tokens of this provider. */
    public AccessConfig withOidc(OidcConfig provider) {
        return new AccessConfig(tokensFile, provider, publicUrl, requestsPerSecond);
    }

    /** The same behind a proxy that browsers call this. */
    public AccessConfig withPublicUrl(URI url) {
        return new AccessConfig(tokensFile, oidc, url, requestsPerSecond);
    }

    /** The same with another request rate; 0 for no limit. */
    public AccessConfig withRequestsPerSecond(int rate) {
        return new AccessConfig(tokensFile, oidc, publicUrl, rate);
    }

    /** Whether whoever asks must say who they are. */
    public boolean authenticates() {
        return tokensFile != null || oidc != null;
    }

    /**
     * Checks that a server on this address lets in nobody from elsewhere without asking them.
     *
     * @throws IllegalArgumentException if it would; the message says what to do
     */
    public void requireSafeOn(String host) {
        if (!authenticates() && !Loopback.isBinding(host)) {
            throw new IllegalArgumentException("will not listen on " + host
                    + " without authentication, because whoever reaches it could command every workflow. Give it a tokens"
                    + " file (millrace token create --name alice --role admin --file tokens, then --tokens tokens) or an"
                    + " OpenID provider (--oidc-issuer), or let it listen on 127.0.0.1");
        }
    }

    /** What browsers call this server, where that was said. */
    Optional<URI> publicAddress() {
        return Optional.ofNullable(publicUrl);
    }
}
