package io.millrace.worker;

import org.jspecify.annotations.Nullable;

/** What a step does: with a result or without, and with or without a look at the step itself. Users write lambdas. */
public final class StepCode {
    private StepCode() {}

    /**
     * Code with a result.
     *
     * @param <T> the result
     */
    @FunctionalInterface
    public interface Call<T extends @Nullable Object> {
        /** Runs one attempt; an exception fails it. */
        T run() throws Exception;
    }

    /**
     * Code with a result that wants to know which step and attempt it is.
     *
     * @param <T> the result
     */
    @FunctionalInterface
    public interface ContextCall<T extends @Nullable Object> {
        /** Runs one attempt; an exception fails it. */
        T run(StepContext step) throws Exception;
    }

    /** Code without a result. */
    @FunctionalInterface
    public interface Action {
        /** Runs one attempt; an exception fails it. */
        void run() throws Exception;
    }

    /** Code without a result that wants to know which step and attempt it is. */
    @FunctionalInterface
    public interface ContextAction {
        /** Runs one attempt; an exception fails it. */
        void run(StepContext step) throws Exception;
    }
}
