package io.millrace.worker;

/** A workflow that was started in this process is not run to its end by it. The workflow itself goes on elsewhere. */
public final class EagerExecutionLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why it left this process. */
    public EagerExecutionLostException(String message) {
        super(message);
    }
}
