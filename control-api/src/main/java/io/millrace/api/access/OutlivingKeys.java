package io.millrace.api.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.ResourceRetriever;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys from a URL that are still found while it does not answer. A key that was never seen is not taken for one that does not exist then: the
 * library's own tolerance of outages does that, and tells people that their token is wrong.
 */
final class OutlivingKeys implements JWKSource<SecurityContext> {
    /** For so long after the provider has gone away its keys are believed: people keep working, and a key that leaked is not good forever. */
    private static final Duration OUTAGE = Duration.ofHours(4);

    private final JWKSource<SecurityContext> fresh;
    private volatile @Nullable Seen seen;

    private record Seen(JWKSet keys, long atNanos) {}

    /**
     * Keys from there.
     *
     * @param refreshTimeoutMs how long a request waits while another one fetches them
     */
    OutlivingKeys(URL url, ResourceRetriever http, ProviderKeys.Pace pace, long refreshTimeoutMs) {
        this.fresh = JWKSourceBuilder.create(new URLBasedJWKSetSource<SecurityContext>(url, http) {
                    @Override
                    public JWKSet getJWKSet(
                            JWKSetCacheRefreshEvaluator evaluator, long now, @Nullable SecurityContext context)
                            throws KeySourceException {
                        JWKSet keys = super.getJWKSet(evaluator, now, context);
                        seen = new Seen(keys, System.nanoTime());
                        return keys;
                    }
                })
                .cache(pace.keep().toMillis(), refreshTimeoutMs)
                .refreshAheadCache(false)
                .rateLimited(pace.pause().toMillis())
                .build();
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        try {
            return fresh.get(selector, context);
        } catch (KeySourceException e) {
            Seen last = seen;
            boolean counts = last != null && System.nanoTime() - last.atNanos < OUTAGE.toNanos();
            List<JWK> keys = counts ? selector.select(last.keys) : List.of();
            if (keys.isEmpty()) {
                throw e;
            }
            return keys;
        }
    }
}
