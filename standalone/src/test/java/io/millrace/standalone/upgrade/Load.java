package io.millrace.standalone.upgrade;

import io.millrace.standalone.crash.ApiProbe.Answer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts workflows as fast as they are accepted, until there is nobody any more to accept them. */
final class Load {
    private static final int CALLERS = 4;

    private final Installation millrace;
    private final AtomicInteger next = new AtomicInteger();
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final List<Thread> callers = new ArrayList<>();

    private Load(Installation millrace) {
        this.millrace = millrace;
    }

    static Load start(Installation millrace) {
        Load load = new Load(millrace);
        for (int n = 1; n <= CALLERS; n++) {
            Thread caller = new Thread(load::call, "load-" + n);
            load.callers.add(caller);
            caller.start();
        }
        return load;
    }

    private void call() {
        try {
            while (true) {
                String workflowId = "load-" + next.incrementAndGet();
                Answer answer = Act.tryToStart(millrace, workflowId, "step; step; step");
                if (!answer.isSuccess()) {
                    return;
                }
                accepted.add(workflowId);
            }
        } catch (UncheckedIOException e) {
            // The server is gone, and whether this one was accepted is not known.
        }
    }

    int acceptedSoFar() {
        return accepted.size();
    }

    /** All of which it was said that they are started; returns when the last caller has noticed that the server is gone. */
    List<String> accepted() throws InterruptedException {
        for (Thread caller : callers) {
            caller.join();
        }
        return List.copyOf(accepted);
    }
}
