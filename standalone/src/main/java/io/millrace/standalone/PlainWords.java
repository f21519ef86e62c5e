package io.millrace.standalone;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** An error as one says it to a person. */
final class PlainWords {
    private PlainWords() {}

    /** The message that was written for people; wrappers without one of their own are looked through. */
    static String of(Throwable error) {
        Throwable cause = error.getCause();
        boolean wrapper = error instanceof ExecutionException || error instanceof CompletionException;
        if (wrapper && cause != null) {
            return of(cause);
        }
        String message = error.getMessage();
        return message == null || message.isBlank() ? error.getClass().getSimpleName() : message;
    }
}
