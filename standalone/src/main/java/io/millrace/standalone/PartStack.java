package io.millrace.standalone;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running parts of this process. Each may rely on those started before it, so they are stopped in the opposite order; a
 * part that fails to stop does not keep the others from stopping. May be closed from any thread, also while parts start.
 */
final class PartStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartStack.class);

    private record Part(String name, AutoCloseable handle) {}

    private final Deque<Part> running = new ArrayDeque<>();
    private boolean closed;

    /**
     * Starts one more part. When the stack was closed in the meantime the part is stopped at once.
     *
     * @throws IllegalStateException if the stack is closed
     */
    <T extends AutoCloseable> T start(String name, Callable<T> starter) throws Exception {
        refuseWhenClosed(name);
        long before = System.nanoTime();
        T handle = starter.call();
        LOG.info("{} started in {} ms", name, (System.nanoTime() - before) / 1_000_000);
        push(new Part(name, handle));
        refuseWhenClosed(name);
        return handle;
    }

    /** Stops all parts, the last one first. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        for (Part part = pop(); part != null; part = pop()) {
            stop(part);
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void refuseWhenClosed(String name) {
        if (closed) {
            throw new IllegalStateException("stopping, so the " + name + " is not started");
        }
    }

    private void push(Part part) {
        synchronized (this) {
            if (!closed) {
                running.push(part);
                return;
            }
        }
        stop(part);
    }

    private synchronized @Nullable Part pop() {
        return running.poll();
    }

    private static void stop(Part part) {
        long before = System.nanoTime();
        try {
            part.handle().close();
            LOG.info("{} stopped in {} ms", part.name(), (System.nanoTime() - before) / 1_000_000);
        } catch (Exception e) {
            LOG.error("{} did not stop cleanly", part.name(), e);
        }
    }
}
