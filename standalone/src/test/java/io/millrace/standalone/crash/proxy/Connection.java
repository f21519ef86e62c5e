package io.millrace.standalone.crash.proxy;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One connection through a door: two sockets, and what is on its way from each to the other. Only the proxy's thread uses it. */
final class Connection {
    /** What is held at most in each direction; who sends more is held up by TCP itself. */
    private static final int PORTION_BYTES = 64 * 1024;

    /** One direction. */
    private static final class Pump {
        private final SocketChannel from;
        private final SocketChannel to;
        /** Always ready to be written from: empty where there is nothing to pass on. */
        private final ByteBuffer held = ByteBuffer.allocate(PORTION_BYTES).limit(0);

        private long dueNanos;

        Pump(SocketChannel from, SocketChannel to) {
            this.from = from;
            this.to = to;
        }

        boolean isDue() {
            return held.hasRemaining() && System.nanoTime() - dueNanos >= 0;
        }

        /** Whether the other side is still there. */
        boolean read(boolean slow) throws IOException {
            held.clear();
            int count = from.read(held);
            held.flip();
            dueNanos = System.nanoTime() + (slow ? Door.DELAY.toNanos() : 0);
            return count >= 0;
        }
    }

    private final Door door;
    private final SocketChannel client;
    private final SocketChannel server;
    private final SelectionKey clientKey;
    private final SelectionKey serverKey;
    private final Pump up;
    private final Pump down;

    private Connection(TcpProxy proxy, Door door, SocketChannel client, SocketChannel server) throws IOException {
        this.door = door;
        this.client = client;
        this.server = server;
        this.up = new Pump(client, server);
        this.down = new Pump(server, client);
        this.clientKey = client.register(proxy.selector(), 0, (Runnable) this::ready);
        this.serverKey = server.register(proxy.selector(), SelectionKey.OP_CONNECT, (Runnable) this::ready);
    }

    static void begin(TcpProxy proxy, Door door, SocketChannel client, SocketAddress target) throws IOException {
        SocketChannel server = SocketChannel.open();
        try {
            for (SocketChannel channel : new SocketChannel[] {client, server}) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            server.connect(target);
            door.connections().add(new Connection(proxy, door, client, server));
        } catch (IOException e) {
            TcpProxy.reset(client);
            TcpProxy.reset(server);
            throw e;
        }
    }

    /** Something can be read or written, on either side. */
    private void ready() {
        try {
            if (server.isConnectionPending() && !server.finishConnect()) {
                return;
            }
            boolean open = pass(up, clientKey) && pass(down, serverKey);
            if (open) {
                await();
            } else {
                leave();
            }
        } catch (IOException | CancelledKeyException e) {
            reset();
        }
    }

    /** Reads what is there, if nothing is held, and writes what is due. */
    private boolean pass(Pump pump, SelectionKey fromKey) throws IOException {
        boolean open = true;
        boolean readable = fromKey.isValid() && (fromKey.readyOps() & SelectionKey.OP_READ) != 0;
        if (door.manner() != Manner.SILENT) {
            if (readable && !pump.held.hasRemaining()) {
                open = pump.read(door.manner() == Manner.SLOW);
            }
            if (pump.isDue()) {
                pump.to.write(pump.held);
            }
        }
        return open;
    }

    /** What each socket is waited for: to be read where nothing is held from it, to be written where something is due. */
    private void await() {
        if (server.isConnectionPending()) {
            return;
        }
        clientKey.interestOps(interest(up, down));
        serverKey.interestOps(interest(down, up));
    }

    private int interest(Pump from, Pump to) {
        if (door.manner() == Manner.SILENT) {
            return 0;
        }
        return (from.held.hasRemaining() ? 0 : SelectionKey.OP_READ) | (to.isDue() ? SelectionKey.OP_WRITE : 0);
    }

    void mannerChanged() {
        if (door.manner() == Manner.CUT) {
            reset();
        } else {
            passOnWhatIsDue();
        }
    }

    /** What was held back is not announced by a socket. */
    void passOnWhatIsDue() {
        try {
            await();
        } catch (CancelledKeyException e) {
            reset();
        }
    }

    /** One side has ended in order: the other one gets what it had sent, and ends too. */
    private void leave() throws IOException {
        for (Pump pump : new Pump[] {up, down}) {
            if (pump.held.hasRemaining()) {
                pump.to.write(pump.held);
            }
        }
        client.close();
        server.close();
        door.connections().remove(this);
    }

    void reset() {
        TcpProxy.reset(client);
        TcpProxy.reset(server);
        door.connections().remove(this);
    }
}
