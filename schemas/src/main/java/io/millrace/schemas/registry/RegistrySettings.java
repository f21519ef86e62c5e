package io.millrace.schemas.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * How a schema registry is reached; the package's documentation lists the settings.
 *
 * @param servers in the order in which they are tried first
 * @param ssl Kafka's {@code ssl.*} settings; empty where there are none
 * @param connectTimeout for a connection
 * @param readTimeout for a whole answer
 * @param retries how often
 */
record RegistrySettings(
        List<RegistryServer> servers,
        Map<String, Object> ssl,
        Duration connectTimeout,
        Duration readTimeout,
        Retries retries) {

    private static final String PREFIX = "schema.registry.";
    private static final String SSL_PREFIX = PREFIX + "ssl.";
    private static final String BASIC_SOURCE = "basic.auth.credentials.source";
    private static final String BASIC_USER_INFO = "basic.auth.user.info";
    private static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    private static final String BEARER_TOKEN = "bearer.auth.token";

    /**
     * How a failed request is repeated.
     *
     * @param rounds how often all servers are tried again
     * @param firstWait before the first of these rounds; twice as long before each further one
     * @param longestWait but not longer than this
     */
    record Retries(int rounds, Duration firstWait, Duration longestWait) {
        /** How long to wait before a round, counted from 1. */
        Duration waitBefore(int round) {
            Duration doubled = firstWait.multipliedBy(1L << Math.min(round - 1, 20));
            return doubled.compareTo(longestWait) < 0 ? doubled : longestWait;
        }
    }

    /** The settings; empty where no {@code schema.registry.url} is set. */
    static Optional<RegistrySettings> from(Map<String, ?> config) {
        List<String> urls = urls(config.get("schema.registry.url"));
        if (urls.isEmpty()) {
            return Optional.empty();
        }
        Credentials credentials = credentials(config);
        return Optional.of(new RegistrySettings(
                urls.stream().map(url -> RegistryServer.of(url, credentials)).toList(),
                ssl(config),
                Duration.ofMillis(number(config, "http.connect.timeout.ms", 5_000, 1)),
                Duration.ofMillis(number(config, "http.read.timeout.ms", 10_000, 1)),
                new Retries(
                        number(config, "max.retries", 3, 0),
                        Duration.ofMillis(number(config, "retries.wait.ms", 200, 0)),
                        Duration.ofMillis(number(config, "retries.max.wait.ms", 5_000, 0)))));
    }

    private static List<String> urls(@Nullable Object configured) {
        List<String> urls = new ArrayList<>();
        List<?> entries =
                configured instanceof List<?> list ? list : configured == null ? List.of() : List.of(configured);
        for (Object entry : entries) {
            for (String url : entry.toString().split(",")) {
                if (!url.isBlank()) {
                    urls.add(url.strip());
                }
            }
        }
        return urls;
    }

    /** The credentials for all servers; {@code null} where each is told those in its address. */
    private static @Nullable Credentials credentials(Map<String, ?> config) {
        String token = text(config, BEARER_TOKEN);
        String bearerSource = text(config, BEARER_SOURCE);
        if (bearerSource != null && !bearerSource.equals("STATIC_TOKEN")) {
            throw new ConfigException(BEARER_SOURCE + " must be STATIC_TOKEN; others are not supported");
        }
        String basicSource = text(config, BASIC_SOURCE);
        if (token != null && basicSource != null) {
            throw new ConfigException(
                    "both " + BASIC_SOURCE + " and " + BEARER_TOKEN + " are set; only one can be used");
        }
        if (token != null || bearerSource != null) {
            return Credentials.bearer(required(token, BEARER_TOKEN));
        }
        return basicSource == null || basicSource.equals("URL") ? null : userInfo(config, basicSource);
    }

    private static Credentials userInfo(Map<String, ?> config, String source) {
        if (!source.equals("USER_INFO")) {
            throw new ConfigException(BASIC_SOURCE + " must be USER_INFO or URL; others are not supported");
        }
        return Credentials.basic(required(text(config, BASIC_USER_INFO), BASIC_USER_INFO));
    }

    private static String required(@Nullable String value, String name) {
        if (value == null) {
            throw new ConfigException(name + " is not set");
        }
        return value;
    }

    private static Map<String, Object> ssl(Map<String, ?> config) {
        Map<String, Object> ssl = new LinkedHashMap<>();
        config.forEach((name, value) -> {
            if (name.startsWith(SSL_PREFIX) && value != null) {
                ssl.put(name.substring(PREFIX.length()), value);
            }
        });
        Object identification = ssl.get("ssl.endpoint.identification.algorithm");
        if (identification != null && !"https".equalsIgnoreCase(identification.toString())) {
            throw new ConfigException(
                    SSL_PREFIX + "endpoint.identification.algorithm must be https: host names are always checked");
        }
        return Map.copyOf(ssl);
    }

    private static int number(Map<String, ?> config, String name, int otherwise, int least) {
        String value = text(config, name);
        try {
            int number = value == null ? otherwise : Integer.parseInt(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number that is too small.
        }
        throw new ConfigException(name, value, "must be a whole number, at least " + least);
    }

    private static @Nullable String text(Map<String, ?> config, String name) {
        Object value = config.containsKey(name) ? config.get(name) : config.get(PREFIX + name);
        if (value instanceof Password password) {
            return password.value();
        }
        return value == null ? null : value.toString().strip();
    }

    /** Without the TLS settings, among which there are passwords. */
    @Override
    public String toString() {
        return "RegistrySettings[servers=" + servers + ", tls=" + !ssl.isEmpty() + "]";
    }
}
