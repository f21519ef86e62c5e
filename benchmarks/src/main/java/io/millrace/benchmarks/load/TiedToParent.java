package io.millrace.benchmarks.load;

import java.io.IOException;
import java.util.Arrays;

/** Runs a program that ends with the process that started it, also when that was killed: no load run leaves processes behind. */
final class TiedToParent {
    private TiedToParent() {}

    /** The program's class, and its arguments. */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread watch = new Thread(TiedToParent::haltWhenInputEnds, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(args, 1, args.length));
    }

    private static void haltWhenInputEnds() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; this waits for the end of the pipe.
            }
        } catch (IOException e) {
            // Then the pipe is gone, too.
        }
        Runtime.getRuntime().halt(1);
    }
}
