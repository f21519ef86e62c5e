package io.millrace.standalone.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The listening sockets of the broker, opened before Kafka starts. Kafka must be told its ports up front, and a port that
 * was merely looked up as free can be gone a moment later; it also makes "port in use" the first thing to be found out.
 */
final class BoundPorts implements ServerSocketFactory, AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Map<String, ServerSocketChannel> byListener = new LinkedHashMap<>();

    private BoundPorts() {}

    /** Binds one for each listener. */
    static BoundPorts bind(BrokerConfig config) {
        BoundPorts ports = new BoundPorts();
        try {
            ClusterMember member = config.member();
            ports.open(BrokerSettings.CLIENT_LISTENER, config.clientPort());
            ports.open(
                    BrokerSettings.CONTROLLER_LISTENER,
                    member == null ? BrokerConfig.ANY_FREE_PORT : member.controllerPort());
            config.listeners().forEach((name, listener) -> ports.open(name, listener.port()));
            return ports;
        } catch (RuntimeException e) {
            ports.close();
            throw e;
        }
    }

    private void open(String listener, int port) {
        byListener.computeIfAbsent(listener, name -> open(port));
    }

    String clientAddress() {
        return address(BrokerSettings.CLIENT_LISTENER);
    }

    String controllerAddress() {
        return address(BrokerSettings.CONTROLLER_LISTENER);
    }

    String address(String listener) {
        return HOST + ":" + port(listener);
    }

    int port(String listener) {
        return channel(listener).socket().getLocalPort();
    }

    Set<String> listeners() {
        return Collections.unmodifiableSet(byListener.keySet());
    }

    private ServerSocketChannel channel(String listener) {
        ServerSocketChannel channel = byListener.get(listener);
        if (channel == null) {
            throw new IllegalArgumentException("there is no listener " + listener + ", only " + listeners());
        }
        return channel;
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listener, InetSocketAddress address, int backlog, int receiveBufferBytes) throws IOException {
        ServerSocketChannel channel = channel(listener);
        channel.configureBlocking(false);
        return channel;
    }

    /** Closes what Kafka has not closed itself, as after a failed start. */
    @Override
    public void close() {
        byListener.values().forEach(BoundPorts::closeQuietly);
    }

    private static ServerSocketChannel open(int port) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                return channel.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            } catch (IOException e) {
                closeQuietly(channel);
                throw e;
            }
        } catch (BindException e) {
            throw new BrokerStartException(
                    "port " + port + " cannot be used for Kafka (" + e.getMessage()
                            + "): stop what listens there, or choose another port",
                    e);
        } catch (IOException e) {
            throw new BrokerStartException("cannot open port " + port + " on " + HOST + ": " + e.getMessage(), e);
        }
    }

    private static void closeQuietly(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was sent over a listening socket, so nothing can be lost by a failed close.
        }
    }
}
