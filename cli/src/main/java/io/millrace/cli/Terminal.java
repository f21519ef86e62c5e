package io.millrace.cli;

/** The terminal, where there is one, and whoever sits at it. */
interface Terminal {
    /** Where output goes to a file or another program, nothing is shortened. */
    int UNLIMITED = Integer.MAX_VALUE;

    /**
     * How large it is.
     *
     * @param rows lines
     * @param columns characters in each
     */
    record Size(int rows, int columns) {}

    /** Whether somebody can be asked: a script cannot. */
    boolean canAsk();

    /** Asks a question, and returns whether the answer is yes. */
    boolean agrees(String question);

    /** Whether standard output is seen on it. */
    boolean showsOutput();

    /** Whether standard error is seen on it. */
    boolean showsNotes();

    /** Whether it knows colours. */
    boolean hasColours();

    /** Its size now: people change it. */
    Size size();
}
