package io.millrace.standalone.crash.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Passes TCP connections on from its doors to what is behind them, on loopback, in one thread, and disturbs them as the doors are told to. Doors may be opened
 * and told from any thread.
 */
public final class TcpProxy implements AutoCloseable {
    static final String HOST = "127.0.0.1";

    /** How often it looks whether something that was held back is due, in milliseconds. */
    private static final int TICK_MS = 20;

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Door> doors = new ArrayList<>();
    private volatile boolean closed;

    private TcpProxy(Selector selector) {
        this.selector = selector;
        this.thread = new Thread(this::loop, "tcp-proxy");
        thread.setDaemon(true);
    }

    /** Starts one without doors. */
    public static TcpProxy start() {
        try {
            TcpProxy proxy = new TcpProxy(Selector.open());
            proxy.thread.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens a door on a free port.
     *
     * @param target the port behind it, asked for at each connection; none where nobody listens: then the connection is reset
     */
    public Door open(Supplier<Optional<Integer>> target) {
        try {
            ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(HOST, 0));
            listener.configureBlocking(false);
            Door door = new Door(this, listener, target);
            run(() -> register(door));
            return door;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the proxy's own thread, soon. */
    void run(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    Selector selector() {
        return selector;
    }

    private void register(Door door) {
        try {
            doors.add(door);
            door.listener().register(selector, SelectionKey.OP_ACCEPT, (Runnable) () -> accept(door));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void loop() {
        try {
            while (!closed) {
                selector.select(key -> ((Runnable) key.attachment()).run(), TICK_MS);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                doors.forEach(door -> List.copyOf(door.connections()).forEach(Connection::passOnWhatIsDue));
            }
            doors.forEach(Door::close);
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(Door door) {
        try {
            SocketChannel client = door.listener().accept();
            if (client == null) {
                return;
            }
            Optional<Integer> target = door.manner() == Manner.CUT ? Optional.empty() : door.target();
            if (target.isEmpty()) {
                reset(client);
            } else {
                Connection.begin(this, door, client, new InetSocketAddress(HOST, target.get()));
            }
        } catch (IOException e) {
            // Gone before it was accepted, or nobody listens where it leads.
        }
    }

    /** Closes it such that the other side sees it break off. */
    static void reset(SocketChannel channel) {
        try {
            if (channel.isOpen()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            // It is broken already.
        }
        try {
            channel.close();
        } catch (IOException e) {
            // Then it is as closed as it can be.
        }
    }

    /** Resets all connections, and closes all doors. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
