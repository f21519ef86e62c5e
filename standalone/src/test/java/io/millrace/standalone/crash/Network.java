package io.millrace.standalone.crash;

import io.millrace.standalone.crash.proxy.Door;
import io.millrace.standalone.crash.proxy.Manner;
import io.millrace.standalone.crash.proxy.TcpProxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Who reaches whom by which door of the proxy. Every process has doors of its own to every other one, so that one can be cut off and the others are not. Network
 * namespaces would do the same and need privileges; doors need none.
 */
final class Network implements AutoCloseable {
    /**
     * One way.
     *
     * @param from who takes it
     * @param to where it leads
     */
    private record Way(String from, String to, Door door) {}

    private final TcpProxy proxy = TcpProxy.start();
    private final List<Way> ways = new CopyOnWriteArrayList<>();

    /** Opens a door for one process to another, and says where. */
    String open(String from, String to, Supplier<Optional<Integer>> port) {
        Door door = proxy.open(port);
        ways.add(new Way(from, to, door));
        return door.address();
    }

    /** Disturbs all ways from and to a process. */
    void begin(String name, Manner manner) {
        of(name, door -> door.begin(manner));
    }

    /** Ends what was begun. */
    void end(String name, Manner manner) {
        of(name, door -> door.end(manner));
    }

    private void of(String name, Consumer<Door> action) {
        for (Way way : ways) {
            if (way.from().equals(name) || way.to().equals(name)) {
                action.accept(way.door());
            }
        }
    }

    @Override
    public void close() {
        proxy.close();
    }
}
