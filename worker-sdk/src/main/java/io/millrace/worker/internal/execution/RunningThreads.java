package io.millrace.worker.internal.execution;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The threads that run code of one execution, so that they can be interrupted, and only while they do. */
final class RunningThreads {
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Thread> inside = new HashSet<>();
    private boolean stopped;

    /**
     * The current thread begins to run code of this execution.
     *
     * @return false if it must not any more
     */
    boolean enter() {
        lock.lock();
        try {
            if (!stopped) {
                inside.add(Thread.currentThread());
            }
            return !stopped;
        } finally {
            lock.unlock();
        }
    }

    /** The current thread is done with it, and takes no interrupt along to what it runs next. */
    void leave() {
        lock.lock();
        try {
            inside.remove(Thread.currentThread());
        } finally {
            lock.unlock();
        }
        Thread.interrupted();
    }

    /** Interrupts all but the current thread; nobody enters any more. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            inside.stream().filter(thread -> thread != Thread.currentThread()).forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }
}
