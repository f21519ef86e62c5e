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
 * @param member which of several brokers this is; {@code null} for one alone
 * @param listeners by name, what is special about a listener, or further ones for clients
 */
public record BrokerConfig(
        int port,
        @Nullable Path dataDirectory,
        Map<String, String> overrides,
        @Nullable ClusterMember member,
        Map<String, Listener> listeners) {
    /** Lets the operating system choose a port. */
    public static final int ANY_FREE_PORT = 0;

    private static final int HIGHEST_PORT = 65_535;

    /**
     * A port of the broker's, on loopback only.
     *
     * @param port {@link #ANY_FREE_PORT} takes one that is free
     * @param advertised the address that its clients are told to come by, as {@code host:port}
     */
    public record Listener(int port, String advertised) {}

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
        listeners = Map.copyOf(listeners);
    }

    int clientPort() {
        Listener clients = listeners.get(BrokerSettings.CLIENT_LISTENER);
        return clients == null ? port : clients.port();
    }

    /** Any free port, and a temporary directory that is deleted on close: what most tests want. */
    public static BrokerConfig ephemeral() {
        return new BrokerConfig(ANY_FREE_PORT, null, Map.of(), null, Map.of());
    }

    /** Any free port, and data that stays in the given directory, which is created if need be. */
    public static BrokerConfig in(Path dataDirectory) {
        return new BrokerConfig(ANY_FREE_PORT, dataDirectory, Map.of(), null, Map.of());
    }

    /** The same on the given port. */
    public BrokerConfig withPort(int newPort) {
        return new BrokerConfig(newPort, dataDirectory, overrides, member, listeners);
    }

    /** The same with one setting of the Kafka broker replaced. */
    public BrokerConfig with(String setting, String value) {
        Map<String, String> more = new LinkedHashMap<>(overrides);
        more.put(setting, value);
        return new BrokerConfig(port, dataDirectory, more, member, listeners);
    }

    /** The same as one of several brokers: what it keeps has up to three copies, of which two must be there to write. */
    public BrokerConfig asMember(ClusterMember newMember) {
        return new BrokerConfig(port, dataDirectory, overrides, newMember, listeners);
    }

    /**
     * The same with a listener whose clients are told another address than the one that it has: that of a proxy, for example.
     *
     * @param name {@link EmbeddedBroker#CLIENTS}, or one more for clients: capital letters and digits
     */
    public BrokerConfig withListener(String name, Listener listener) {
        Map<String, Listener> more = new LinkedHashMap<>(listeners);
        more.put(name, listener);
        return new BrokerConfig(port, dataDirectory, overrides, member, more);
    }

    /**
     * The same for users with passwords (SASL/PLAIN) who may do nothing but what access control lists let them do. Not for
     * one with more than its own listeners.
     *
     * @param administrator the user who may do everything; the broker itself is that user, too
     * @param passwords by user, the administrator's among them; letters and digits
     * @throws IllegalArgumentException if the administrator has no password, or a name or a password has other characters
     */
    public BrokerConfig withAuthorization(String administrator, Map<String, String> passwords) {
        return new BrokerConfig(
                port, dataDirectory, BrokerUsers.settings(overrides, administrator, passwords), member, listeners);
    }
}
