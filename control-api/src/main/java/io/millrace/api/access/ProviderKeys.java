package io.millrace.api.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an OpenID provider, found through its discovery document. They are kept; a token that names a key which is not among them
 * makes them be fetched again, but not at every request, so that forged tokens cannot be used to flood the provider. Thread-safe.
 */
final class ProviderKeys {
    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final int READ_TIMEOUT_MS = 5_000;

    /** A discovery document and a set of keys have a few thousand. */
    private static final int MAX_DOCUMENT_BYTES = 1 << 20;

    private final String issuer;
    private final Pace pace;
    private final DefaultResourceRetriever http =
            new DefaultResourceRetriever(CONNECT_TIMEOUT_MS, READ_TIMEOUT_MS, MAX_DOCUMENT_BYTES);
    private final ReentrantLock discovering = new ReentrantLock();
    private long failedAtNanos;
    private boolean failed;
    private volatile @Nullable JWKSource<SecurityContext> source;

    /**
     * How often the provider is asked.
     *
     * @param keep how long keys count as new
     * @param pause between two attempts to fetch them
     */
    record Pace(Duration keep, Duration pause) {
        /** What providers recommend. */
        static final Pace USUAL = new Pace(Duration.ofMinutes(10), Duration.ofSeconds(10));
    }

    ProviderKeys(URI issuer, Pace pace) {
        this.issuer = issuer.toString();
        this.pace = pace;
    }

    /**
     * The keys.
     *
     * @throws KeySourceException if it is not known yet where they are, and cannot be found out now
     */
    JWKSource<SecurityContext> source() throws KeySourceException {
        JWKSource<SecurityContext> known = source;
        return known != null ? known : discover();
    }

    /** One request at a time asks. The others are told at once, for a provider that hangs is not to hold all of the server's threads. */
    private JWKSource<SecurityContext> discover() throws KeySourceException {
        if (!discovering.tryLock()) {
            throw new KeySourceException("the provider is being asked");
        }
        try {
            if (failed && System.nanoTime() - failedAtNanos < pace.pause.toNanos()) {
                throw new KeySourceException("the provider did not answer a moment ago");
            }
            JWKSource<SecurityContext> found = new OutlivingKeys(keysUrl().toURL(), http, pace, READ_TIMEOUT_MS);
            source = found;
            return found;
        } catch (IOException | ParseException | IllegalArgumentException e) {
            failed = true;
            failedAtNanos = System.nanoTime();
            throw new JWKSetUnavailableException("no discovery document: " + e.getMessage(), e);
        } finally {
            discovering.unlock();
        }
    }

    private URI keysUrl() throws IOException, ParseException {
        URI document = URI.create(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
        Map<String, Object> found =
                JSONObjectUtils.parse(http.retrieveResource(document.toURL()).getContent());
        String says = JSONObjectUtils.getString(found, "issuer");
        if (!issuer.equals(says)) {
            throw new IllegalArgumentException(document + " is of the issuer " + says + ", and not of " + issuer
                    + ": give --oidc-issuer as the provider writes it");
        }
        String keys = JSONObjectUtils.getString(found, "jwks_uri");
        if (keys == null) {
            throw new IllegalArgumentException(document + " has no jwks_uri");
        }
        URI url = URI.create(keys);
        OidcConfig.requireTrustworthy(url);
        return url;
    }
}
