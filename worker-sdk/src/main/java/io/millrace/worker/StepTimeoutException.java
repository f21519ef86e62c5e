package io.millrace.worker;

/** An attempt of a step took longer than its timeout, or sent no heartbeat for longer than its heartbeat timeout. */
public final class StepTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** In words: which timeout of which step. */
    public StepTimeoutException(String message) {
        super(message);
    }
}
