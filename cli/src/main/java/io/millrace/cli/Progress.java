package io.millrace.cli;

import java.io.PrintWriter;
import java.time.Duration;

/**
 * One line on standard error that says what is under way and for how long, drawn over itself; nothing where that is no terminal. A thread
 * of its own draws it, so that it moves while the command waits. Thread-safe.
 */
final class Progress implements AutoCloseable {
    /** Often enough to look alive. */
    private static final long FRAME_MS = 200;

    private static final String FRAMES = "|/-\\";
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter notes;
    private final Terminal terminal;
    private final long beganNanos = System.nanoTime();
    private final int columns;
    private String text = "";
    private int frame;
    private boolean closed;

    Progress(PrintWriter notes, Terminal terminal) {
        this.notes = notes;
        this.terminal = terminal;
        this.columns = terminal.showsNotes() ? terminal.size().columns() : Terminal.UNLIMITED;
    }

    /** Shows it from now on, until it is closed. */
    Progress begin(String what) {
        now(what);
        if (terminal.showsNotes()) {
            Thread drawing = new Thread(this::goOn, "progress");
            drawing.setDaemon(true);
            drawing.start();
        }
        return this;
    }

    /** Says something else. */
    synchronized void now(String what) {
        text = what;
        if (terminal.showsNotes() && !closed) {
            draw();
        }
    }

    private synchronized void goOn() {
        try {
            while (!closed) {
                wait(FRAME_MS);
                if (!closed) {
                    draw();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void draw() {
        String elapsed = Durations.text(Duration.ofNanos(System.nanoTime() - beganNanos));
        String line = FRAMES.charAt(frame++ % FRAMES.length()) + " " + text + "  " + elapsed;
        notes.print(CLEAR_LINE + DisplayWidth.cut(line, columns - 1));
        notes.flush();
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        if (terminal.showsNotes() && frame > 0) {
            notes.print(CLEAR_LINE);
            notes.flush();
        }
    }
}
