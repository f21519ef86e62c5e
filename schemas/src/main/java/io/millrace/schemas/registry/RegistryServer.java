package io.millrace.schemas.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * One server of a registry.
 *
 * @param base its address, without credentials and without a slash at the end
 * @param credentials what it is told about who asks
 */
record RegistryServer(String base, Credentials credentials) {
    /**
     * Reads an address as it is configured.
     *
     * @param url may carry {@code user:password@}
     * @param configured the credentials for all servers; {@code null} where each is to be told those in its address
     * @throws ConfigException if it is not an address; the message does not repeat it, because it may carry a password
     */
    static RegistryServer of(String url, @Nullable Credentials configured) {
        URI uri = parse(url);
        String scheme = uri.getScheme();
        if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw unusable();
        }
        String path = uri.getRawPath().replaceAll("/+$", "");
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return new RegistryServer(
                scheme + "://" + uri.getHost() + port + path, configured == null ? inAddress(uri) : configured);
    }

    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            // Without its cause, which repeats the address.
            throw unusable();
        }
    }

    private static ConfigException unusable() {
        return new ConfigException("schema.registry.url has an entry that is not an http or https address");
    }

    private static Credentials inAddress(URI uri) {
        String userInfo = uri.getRawUserInfo();
        if (userInfo == null) {
            return Credentials.NONE;
        }
        // "+" stands for itself in this part of an address, unlike in a form.
        return Credentials.basic(URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
}
