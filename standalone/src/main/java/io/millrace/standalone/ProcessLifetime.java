package io.millrace.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ties running parts to this process: Ctrl-C and SIGTERM stop them in order, and a stop that hangs does not hang the process. */
final class ProcessLifetime {
    /** What is to be started. */
    @FunctionalInterface
    interface Startup {
        void start(PartStack running, ProcessLifetime lifetime) throws Exception;
    }

    /** What is to be done when everything has stopped. */
    @FunctionalInterface
    interface Farewell {
        void run() throws IOException;
    }

    /** How long stopping may take. Nothing is lost after that either: what matters is acknowledged by Kafka. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    private static final int FAILED = 1;

    private final PartStack parts;
    private final Farewell farewell;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean failed;

    private ProcessLifetime(PartStack parts, Farewell farewell) {
        this.parts = parts;
        this.farewell = farewell;
    }

    /** Starts parts and waits until a signal has stopped them, or one has ended; the exit code says whether all is well. */
    static int runUntilStopped(Startup startup) throws InterruptedException {
        PartStack running = new PartStack();
        ProcessLifetime lifetime = closing(running, () -> {});
        try {
            startup.start(running, lifetime);
        } catch (Exception e) {
            return lifetime.startFailed(e, null);
        }
        return lifetime.await();
    }

    /** From here on a signal closes the parts before the process ends, and says farewell. */
    static ProcessLifetime closing(PartStack parts, Farewell farewell) {
        ProcessLifetime lifetime = new ProcessLifetime(parts, farewell);
        Runtime.getRuntime().addShutdownHook(new Thread(lifetime::stop, "millrace-stop"));
        // Java would print the stack trace of a thread that dies on the terminal.
        Thread.setDefaultUncaughtExceptionHandler((thread, error) ->
                LoggerFactory.getLogger(ProcessLifetime.class).error("thread {} died", thread.getName(), error));
        // Kafka halts the process when its disk fails, without a word on the terminal.
        Exit.setHaltProcedure((status, message) -> {
            System.err.println("millrace: Kafka gave up" + (message == null ? "" : ": " + message) + "; see the log");
            Runtime.getRuntime().halt(status);
        });
        return lifetime;
    }

    /**
     * Ends the process when a part has ended by itself and cannot go on; the exit code is one after which a supervisor starts it again.
     *
     * @param ended completed with the reason, in words
     */
    void endsWith(String part, CompletableFuture<String> ended) {
        ended.thenAccept(reason -> {
            LoggerFactory.getLogger(ProcessLifetime.class).error("the {} has ended: {}", part, reason);
            System.err.println("millrace: the " + part + " has ended: " + reason
                    + "\n  This process ends too; started again, it goes on where it was, or says what is wrong.");
            failed = true;
            over.countDown();
        });
    }

    /**
     * Waits until a signal has stopped everything, or a part has ended.
     *
     * @return the exit code
     */
    int await() throws InterruptedException {
        over.await();
        return failed ? FAILED : 0;
    }

    /**
     * Tells the user in one line why nothing was started, unless it was a signal that stopped the start.
     *
     * @param log where more is said; {@code null} where the log is on the terminal anyway
     * @return the exit code
     */
    int startFailed(Exception reason, @Nullable Path log) throws InterruptedException {
        if (parts.isClosed()) {
            stopped.await();
            return 0;
        }
        failed = true;
        Logger logger = LoggerFactory.getLogger(ProcessLifetime.class);
        logger.error("did not start", reason);
        System.err.println("millrace: " + PlainWords.of(reason) + (log == null ? "" : "\n  more in " + log));
        return FAILED;
    }

    private void stop() {
        Thread watchdog = new Thread(this::haltWhenStopHangs, "millrace-stop-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        try {
            parts.close();
            if (!failed) { // else the user may want to read the log
                farewell.run();
            }
        } catch (IOException e) {
            System.err.println("millrace: " + PlainWords.of(e));
        } finally {
            stopped.countDown();
            over.countDown();
        }
    }

    private void haltWhenStopHangs() {
        try {
            if (!stopped.await(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("millrace: still stopping after " + LONGEST_STOP.toSeconds() + " s, giving up");
                Runtime.getRuntime().halt(FAILED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
