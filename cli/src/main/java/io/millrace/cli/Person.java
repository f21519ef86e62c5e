package io.millrace.cli;

/** Whoever called the program. */
interface Person {
    /** Whether somebody can be asked: a script cannot. */
    boolean isThere();

    /** Asks a question, and returns whether the answer is yes. */
    boolean agrees(String question);
}
