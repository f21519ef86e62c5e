package io.millrace.standalone.crash.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A listening port of the proxy, and what is behind it. Its address stays the same, whatever happens to what is behind it. */
public final class Door {
    /** How long one that is slow holds back each portion: several times what a commit takes, and less than any timeout. */
    public static final Duration DELAY = Duration.ofMillis(150);

    private final TcpProxy proxy;
    private final ServerSocketChannel listener;
    private final Supplier<Optional<Integer>> target;
    private final List<Manner> manners = new ArrayList<>();
    private volatile Manner manner = Manner.OPEN;

    /** Only the proxy's thread touches it. */
    private final Set<Connection> connections = new HashSet<>();

    Door(TcpProxy proxy, ServerSocketChannel listener, Supplier<Optional<Integer>> target) {
        this.proxy = proxy;
        this.listener = listener;
        this.target = target;
    }

    /** Where it listens, as {@code host:port}. */
    public String address() {
        return TcpProxy.HOST + ":" + port();
    }

    /** The port that it listens on. */
    public int port() {
        return listener.socket().getLocalPort();
    }

    /** It behaves so from now on. Where several troubles have been begun and not ended, the worst of them holds. */
    public synchronized void begin(Manner trouble) {
        manners.add(trouble);
        change();
    }

    /** Ends one trouble that was begun. */
    public synchronized void end(Manner trouble) {
        manners.remove(trouble);
        change();
    }

    private void change() {
        manner = manners.isEmpty() ? Manner.OPEN : Collections.max(manners);
        proxy.run(() -> List.copyOf(connections).forEach(Connection::mannerChanged));
    }

    Manner manner() {
        return manner;
    }

    ServerSocketChannel listener() {
        return listener;
    }

    /** The port behind it now; none while nobody listens there. */
    Optional<Integer> target() {
        return target.get();
    }

    Set<Connection> connections() {
        return connections;
    }

    void close() {
        List.copyOf(connections).forEach(Connection::reset);
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
