package io.millrace.api.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A token that opens the API, and its hash, by which the server knows it.
 *
 * <p>The hash is a plain SHA-256. Slow, salted hashes are for passwords, which people choose and which can be guessed; nobody guesses 256 random
 * bits, however fast the hash is, and the server can check a token in microseconds.
 */
public final class ApiToken {
    /** Makes a token known as one wherever it turns up, for example to whoever searches files for secrets. */
    static final String PREFIX = "mlr_";

    static final int HASH_BYTES = 32;

    private static final int RANDOM_BYTES = 32;

    private final String secret;

    private ApiToken(String secret) {
        this.secret = secret;
    }

    /** A new one, of 256 random bits. */
    public static ApiToken random() {
        byte[] bits = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bits);
        return new ApiToken(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** The token itself. Show it once, and keep it nowhere. */
    public String secret() {
        return secret;
    }

    /** Its SHA-256, in hexadecimal: what the tokens file holds. */
    public String hash() {
        return HexFormat.of().formatHex(hashOf(secret));
    }

    static byte[] hashOf(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "a token";
    }
}
