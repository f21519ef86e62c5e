package io.millrace.worker.internal.execution;

import io.millrace.schemas.Failure;
import io.millrace.schemas.Limits;
import java.io.PrintWriter;
import java.io.StringWriter;

/** What users' code threw, as it is recorded. */
final class Failures {
    private Failures() {}

    static Failure of(Throwable error) {
        return new Failure(
                error.getClass().getName(),
                shorten(message(error), Limits.MAX_FAILURE_MESSAGE_CHARS),
                shorten(stackTrace(error), Limits.MAX_STACK_TRACE_CHARS));
    }

    /** Users' exceptions have users' code, which can throw too; that must not hide what happened first. */
    private static String message(Throwable error) {
        try {
            return error.getMessage() == null ? "" : error.getMessage();
        } catch (RuntimeException e) {
            return "(its message cannot be had: " + e.getClass().getName() + ")";
        }
    }

    private static String stackTrace(Throwable error) {
        StringWriter text = new StringWriter();
        try {
            error.printStackTrace(new PrintWriter(text));
        } catch (RuntimeException e) {
            text.append("(its stack trace cannot be had: ")
                    .append(e.getClass().getName())
                    .append(")");
        }
        return text.toString();
    }

    /** Says so where it shortens, because nothing is cut silently. */
    static String shorten(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        String note = "... (shortened from " + text.length() + " characters to the limit of " + limit + ")";
        return text.substring(0, limit - note.length()) + note;
    }
}
