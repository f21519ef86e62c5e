package io.millrace.api.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What every answer tells a browser: to run and show nothing but this server's own files, to be shown inside no other page, and to keep
 * nothing. There are no CORS headers, so that no other site's scripts may read an answer.
 */
public final class SecurityHeaders {
    private final Map<String, String> headers;

    private SecurityHeaders(String scripts) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "Content-Security-Policy",
                "default-src 'none'; script-src " + scripts + "; style-src 'self'; img-src 'self' data:;"
                        + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors 'none'");
        all.put("X-Content-Type-Options", "nosniff");
        all.put("X-Frame-Options", "DENY");
        all.put("Referrer-Policy", "no-referrer");
        all.put("Cross-Origin-Resource-Policy", "same-origin");
        // Files that may be kept say so themselves.
        all.put("Cache-Control", "no-store");
        this.headers = Map.copyOf(all);
    }

    /**
     * With scripts that stand in a page itself, as import maps must.
     *
     * @param scriptHashes of each of them, as in a policy: {@code sha256-} and the base64 of the hash
     */
    public static SecurityHeaders allowing(List<String> scriptHashes) {
        return new SecurityHeaders(
                "'self'" + scriptHashes.stream().map(hash -> " '" + hash + "'").collect(Collectors.joining()));
    }

    /** The headers, by name. */
    public Map<String, String> byName() {
        return headers;
    }
}
