package io.millrace.standalone.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The two listening sockets of the broker, opened before Kafka starts. Kafka must be told its ports up front, and a port that
 * was merely looked up as free can be gone a moment later; it also makes "port in use" the first thing to be found out.
 */
final class BoundPorts implements ServerSocketFactory, AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final ServerSocketChannel clients;
    private final ServerSocketChannel controller;

    private BoundPorts(ServerSocketChannel clients, ServerSocketChannel controller) {
        this.clients = clients;
        this.controller = controller;
    }

    static BoundPorts bind(int clientPort) {
        ServerSocketChannel clients = open(clientPort);
        try {
            return new BoundPorts(clients, open(BrokerConfig.ANY_FREE_PORT));
        } catch (RuntimeException e) {
            closeQuietly(clients);
            throw e;
        }
    }

    String clientAddress() {
        return HOST + ":" + clientPort();
    }

    int clientPort() {
        return clients.socket().getLocalPort();
    }

    String controllerAddress() {
        return HOST + ":" + controller.socket().getLocalPort();
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listener, InetSocketAddress address, int backlog, int receiveBufferBytes) throws IOException {
        ServerSocketChannel channel = listener.equals(BrokerSettings.CLIENT_LISTENER) ? clients : controller;
        channel.configureBlocking(false);
        return channel;
    }

    /** Closes what Kafka has not closed itself, as after a failed start. */
    @Override
    public void close() {
        closeQuietly(clients);
        closeQuietly(controller);
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
