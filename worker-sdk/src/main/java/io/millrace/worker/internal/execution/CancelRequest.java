package io.millrace.worker.internal.execution;

import io.millrace.schemas.CancelNotice;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Whether the workflow of an execution was cancelled, and who wants to know as soon as it is. Thread-safe. */
final class CancelRequest {
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Runnable> listeners = new LinkedHashSet<>();
    private volatile @Nullable CancelNotice notice;

    /** The first notice stands; the listeners are run, each once. */
    void request(CancelNotice given) {
        List<Runnable> toTell;
        lock.lock();
        try {
            if (notice != null) {
                return;
            }
            notice = given;
            toTell = List.copyOf(listeners);
            listeners.clear();
        } finally {
            lock.unlock();
        }
        toTell.forEach(Runnable::run);
    }

    boolean isRequested() {
        return notice != null;
    }

    /** Who asked for it, and why; null where nobody did. */
    @Nullable
    CancelNotice notice() {
        return notice;
    }

    /** Runs this when the cancel is requested, in the thread that does; at once if it was before. It must not block. */
    void onRequest(Runnable listener) {
        lock.lock();
        try {
            if (notice == null) {
                listeners.add(listener);
                return;
            }
        } finally {
            lock.unlock();
        }
        listener.run();
    }

    /** This listener is not to be run any more, unless it runs already. */
    void forget(Runnable listener) {
        lock.lock();
        try {
            listeners.remove(listener);
        } finally {
            lock.unlock();
        }
    }
}
