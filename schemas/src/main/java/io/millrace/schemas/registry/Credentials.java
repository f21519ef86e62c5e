package io.millrace.schemas.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What one registry server is told about who asks. Its text never contains the secret.
 *
 * @param authorization the value of the {@code Authorization} header; {@code null} for none
 * @param secrets what must not be shown to anyone
 */
record Credentials(@Nullable String authorization, List<String> secrets) {
    static final Credentials NONE = new Credentials(null, List.of());

    /**
     * A user and a password.
     *
     * @param userInfo {@code user:password}
     */
    static Credentials basic(String userInfo) {
        String encoded = Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
        String password = userInfo.substring(userInfo.indexOf(':') + 1);
        return new Credentials("Basic " + encoded, List.of(encoded, userInfo, password));
    }

    /** A bearer token. */
    static Credentials bearer(String token) {
        // The HTTP client would refuse such a header too, but with the token in its message.
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new ConfigException("bearer.auth.token is empty or has characters that an HTTP header cannot carry");
        }
        return new Credentials("Bearer " + token, List.of(token));
    }

    /** A text of someone else's, without the secrets that it may repeat. */
    String withoutSecrets(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = secret.isEmpty() ? clean : clean.replace(secret, "***");
        }
        return clean;
    }

    @Override
    public String toString() {
        return authorization == null ? "none" : "***";
    }
}
