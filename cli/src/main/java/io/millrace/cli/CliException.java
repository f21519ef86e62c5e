package io.millrace.cli;

/** Ends a command with exit code 1 and this message, which says what to do next where something can be done. */
class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CliException(String message) {
        super(message);
    }
}
