package io.millrace.benchmarks.command;

/** Options that cannot be followed; the message names them and says what would be right. */
public final class WrongOptionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** With a sentence for the user. */
    public WrongOptionException(String message) {
        super(message);
    }
}
