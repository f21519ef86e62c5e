package io.millrace.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Runs a program that ends with the process that started it, also when that was killed: no load run leaves processes behind. What that process
 * writes is the program's to take, unless it asks for {@link ProcessFigures}.
 */
public final class TiedToParent {
    private static final BlockingQueue<String> LINES = new LinkedBlockingQueue<>();

    private TiedToParent() {}

    /** The next line that the parent writes; waits for it. */
    public static String nextLine() throws InterruptedException {
        return LINES.take();
    }

    /** The program's class, and its arguments. */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread watch = new Thread(TiedToParent::haltWhenInputEnds, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        Method program = Class.forName(args[0]).getMethod("main", String[].class);
        // Programs are no part of what their packages offer to others.
        program.setAccessible(true);
        program.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    }

    private static void haltWhenInputEnds() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(ProcessFigures.ASKED)) {
                    ProcessFigures.writeTo(Path.of(line.substring(ProcessFigures.ASKED.length())));
                } else {
                    LINES.add(line);
                }
            }
        } catch (IOException e) {
            // Then the pipe is gone, too.
        }
        Runtime.getRuntime().halt(1);
    }
}
