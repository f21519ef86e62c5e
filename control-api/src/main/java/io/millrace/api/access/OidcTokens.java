package io.millrace.api.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import java.text.ParseException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of an OpenID provider: JSON Web Tokens that it has signed, for us, and that have not expired (by a minute at most, as clocks
 * differ). Its keys are fetched when a token first needs them, so a provider that is away keeps no server from starting.
 */
final class OidcTokens implements Authenticator {
    /** Signatures that only the provider can make: with a shared secret, whoever checks a token could also make one. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final Logger LOG = LoggerFactory.getLogger(OidcTokens.class);

    private final OidcConfig config;
    private final ProviderKeys keys;
    private final ClaimReader claims;

    OidcTokens(OidcConfig config, ProviderKeys keys) {
        this.config = config;
        this.keys = keys;
        this.claims = new ClaimReader(config);
    }

    @Override
    public Optional<Principal> authenticate(String token) {
        if (token.chars().filter(character -> character == '.').count() != 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(claims.principal(processor().process(token, null)));
        } catch (ParseException e) {
            throw AccessRefusedException.unauthenticated("the token is not a JSON Web Token");
        } catch (BadJOSEException e) {
            throw AccessRefusedException.unauthenticated("the token is not accepted: " + e.getMessage());
        } catch (KeySourceException e) {
            if (!(e instanceof RateLimitReachedException)) {
                LOG.warn("the keys of {} cannot be fetched: {}", config.issuer(), e.getMessage());
            }
            throw unavailable();
        } catch (JOSEException e) {
            throw AccessRefusedException.unauthenticated("the token's signature cannot be checked");
        }
    }

    private AccessRefusedException unavailable() {
        return AccessRefusedException.of(
                503,
                "the token cannot be checked now: its key is not known here, and the OpenID provider " + config.issuer()
                        + " does not tell its keys. Try again soon; who runs this server finds more in its log");
    }

    /** Cheap to make; what it keeps are the keys, and those are not its own. */
    private JWTProcessor<SecurityContext> processor() throws KeySourceException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys.source()));
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                config.audience(),
                new JWTClaimsSet.Builder().issuer(config.issuer().toString()).build(),
                Set.of("exp")));
        return processor;
    }
}
