package io.millrace.benchmarks.compare.driver;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** A process that calls, or one that works. It is killed when it is no longer needed. */
public final class DriverMain {
    /** The setting that names a file: as soon as it is there, the backlog is to be worked off. */
    public static final String BACKLOG_FILE = "backlog.file";

    private static final int TASKS = 3;
    private static final long LOOK_AGAIN_NANOS = 5_000_000;

    private DriverMain() {}

    /** The peer's class, the role, a file of settings, and then, one by one, the tasks. */
    public static void main(String[] args) throws Exception {
        try {
            run(args);
        } catch (Throwable e) {
            // Not only this thread ends: libraries have threads that would go on.
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(String[] args) throws Exception {
        Peer peer = (Peer) Class.forName(args[0]).getConstructor().newInstance();
        Peer.Role role = Peer.Role.valueOf(args[1]);
        Map<String, String> settings = settings(Path.of(args[2]));
        peer.open(role, settings);
        Line.say(Line.VERSION, peer.version());
        Line.say(Line.READY, role);
        if (role == Peer.Role.WORKER) {
            work(peer, Path.of(settings.get(BACKLOG_FILE)));
        }
        Works works = new Works(peer);
        for (int i = TASKS; i < args.length; i++) {
            works.run(Task.parse(args[i]));
            Line.say(Line.DONE, args[i]);
        }
        // The process is thrown away with all that the peer holds: closing in order costs seconds with some, and tells
        // nothing.
        Runtime.getRuntime().halt(0);
    }

    private static void work(Peer peer, Path backlogFile) throws Exception {
        while (!Files.exists(backlogFile)) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        peer.serveBacklog();
        new CountDownLatch(1).await();
    }

    private static Map<String, String> settings(Path file) throws Exception {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        }
        Map<String, String> settings = new HashMap<>();
        read.stringPropertyNames().forEach(name -> settings.put(name, read.getProperty(name)));
        return settings;
    }
}
