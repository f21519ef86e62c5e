package io.millrace.standalone.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to start an {@link EmbeddedBroker}.
 *
 * @param port where clients connect, on loopback only; {@link #ANY_FREE_PORT} takes one that is free
 * @param dataDirectory where records are kept across restarts; {@code null} for a temporary directory that is deleted on close
 * @param overrides settings of the Kafka broker that replace those that Millrace chooses
 */
public record BrokerConfig(int port, @Nullable Path dataDirectory, Map<String, String> overrides) {
    /** Lets the operating system choose a port. */
    public static final int ANY_FREE_PORT = 0;

    private static final int HIGHEST_PORT = 65_535;

    /**
     * Checks the port.
     *
     * @throws IllegalArgumentException if the port is not between 0 and 65535
     */
    public BrokerConfig {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    "port " + port + " does not exist: 0 to " + HIGHEST_PORT + " are possible");
        }
        overrides = Map.copyOf(overrides);
    }

    /** Any free port, and a temporary directory that is deleted on close: what most tests want. */
    public static BrokerConfig ephemeral() {
        return new BrokerConfig(ANY_FREE_PORT, null, Map.of());
    }

    /** Any free port, and data that stays in the given directory, which is created if need be. */
    public static BrokerConfig in(Path dataDirectory) {
        return new BrokerConfig(ANY_FREE_PORT, dataDirectory, Map.of());
    }

    /** The same on the given port. */
    public BrokerConfig withPort(int newPort) {
        return new BrokerConfig(newPort, dataDirectory, overrides);
    }

    /** The same with one setting of the Kafka broker replaced. */
    public BrokerConfig with(String setting, String value) {
        Map<String, String> more = new LinkedHashMap<>(overrides);
        more.put(setting, value);
        return new BrokerConfig(port, dataDirectory, more);
    }

    /**
     * The same for users with passwords (SASL/PLAIN) who may do nothing but what access control lists let them do.
     *
     * @param administrator the user who may do everything; the broker itself is that user, too
     * @param passwords by user, the administrator's among them; letters and digits
     * @throws IllegalArgumentException if the administrator has no password, or a name or a password has other characters
     */
    public BrokerConfig withAuthorization(String administrator, Map<String, String> passwords) {
        return new BrokerConfig(port, dataDirectory, BrokerUsers.settings(overrides, administrator, passwords));
    }
}
