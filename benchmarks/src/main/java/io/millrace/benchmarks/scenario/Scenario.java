package io.millrace.benchmarks.scenario;

import java.io.IOException;
import java.util.List;

/** A question, and how it is asked. */
interface Scenario {
    /** What is done, in a line, with so many workflows (or steps). */
    String words(int number);

    /** How many workflows (or steps) there are unless somebody says otherwise. */
    int usualNumber();

    /** How often it is asked unless somebody says otherwise. */
    default int usualTurns() {
        return 5;
    }

    /** Asks it once. */
    List<Figure> turn(Stage stage) throws IOException, InterruptedException;
}
