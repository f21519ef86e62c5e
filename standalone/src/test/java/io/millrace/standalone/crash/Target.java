package io.millrace.standalone.crash;

import io.millrace.standalone.crash.proxy.Manner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One process, what can be done to it, and somebody who starts it again when it ends by itself, as in any installation. */
final class Target {
    /** What happens to a process. */
    enum Kind {
        /** SIGKILL; started again when it is over. */
        KILL,
        /** SIGSTOP, and SIGCONT. */
        FREEZE,
        /** Its connections are reset, and so is every new one. */
        CUT,
        /** Its connections say nothing. */
        SILENT,
        /** Its connections are slow. */
        SLOW,
        /** It is killed, and started again on a disk that is full; what has ended by then is started again when there is room. */
        FULL
    }

    private final String name;
    private final Supplier<ChildProcess> starter;
    private final Network network;
    private final @Nullable SmallDisk disk;
    private ChildProcess process;
    private @Nullable Kind underWay;
    private int revived;

    /** Starts the process. */
    Target(String name, Supplier<ChildProcess> starter, Network network) {
        this(name, starter, network, null);
    }

    Target(String name, Supplier<ChildProcess> starter, Network network, @Nullable SmallDisk disk) {
        this.name = name;
        this.starter = starter;
        this.network = network;
        this.disk = disk;
        this.process = starter.get();
    }

    String name() {
        return name;
    }

    /** How often it ended by itself and was started again. */
    synchronized int revived() {
        return revived;
    }

    synchronized void begin(Kind kind) {
        underWay = kind;
        switch (kind) {
            case KILL -> process.kill();
            case FREEZE -> whileAlive(process::freeze);
            case CUT -> network.begin(name, Manner.CUT);
            case SILENT -> network.begin(name, Manner.SILENT);
            case SLOW -> network.begin(name, Manner.SLOW);
            case FULL -> {
                process.kill();
                disk().fill();
                process = starter.get();
            }
        }
    }

    synchronized void end(Kind kind) {
        underWay = null;
        switch (kind) {
            case KILL -> process = starter.get();
            case FREEZE -> whileAlive(process::thaw);
            case CUT -> network.end(name, Manner.CUT);
            case SILENT -> network.end(name, Manner.SILENT);
            case SLOW -> network.end(name, Manner.SLOW);
            case FULL -> {
                disk().free();
                revive();
            }
        }
    }

    /** Starts it again if it has ended, and not because something is being done to it. */
    synchronized void revive() {
        if (!process.isAlive() && underWay != Kind.KILL && underWay != Kind.FULL) {
            revived++;
            process = starter.get();
        }
    }

    /** It may have ended by itself a moment before. */
    private void whileAlive(Runnable signal) {
        if (process.isAlive()) {
            try {
                signal.run();
            } catch (IllegalStateException e) {
                if (process.isAlive()) {
                    throw e;
                }
            }
        }
    }

    private SmallDisk disk() {
        if (disk == null) {
            throw new IllegalStateException(name + " has no disk of its own");
        }
        return disk;
    }
}
