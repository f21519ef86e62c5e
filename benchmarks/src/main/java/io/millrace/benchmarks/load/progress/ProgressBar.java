package io.millrace.benchmarks.load.progress;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;

/** Shows how far it is: a bar that stays in its line on a terminal, a line now and then elsewhere. */
public final class ProgressBar {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean inPlace;
    private long lastLineAt = Long.MIN_VALUE / 2;

    /** One on the given stream, which is taken for a terminal where this process has one. */
    public ProgressBar(PrintStream out) {
        this.out = out;
        this.inPlace = isTerminal();
    }

    /** Shows where it is now. */
    synchronized void show(Progress progress, long nowNanos) {
        if (inPlace) {
            out.print(CLEAR_LINE + progress.bar());
            out.flush();
        } else if (nowNanos - lastLineAt >= BETWEEN_LINES.toNanos()) {
            lastLineAt = nowNanos;
            out.println(progress.line());
        }
    }

    /** Says something that stays. */
    public synchronized void say(String text) {
        out.println((inPlace ? CLEAR_LINE : "") + text);
        // What comes next is soon to be seen.
        lastLineAt = Long.MIN_VALUE / 2;
    }

    /** Some Javas have a console also where output goes elsewhere; those can say so. */
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }
}
