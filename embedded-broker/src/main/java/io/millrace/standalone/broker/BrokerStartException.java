package io.millrace.standalone.broker;

import org.jspecify.annotations.Nullable;

/** The broker could not start. The message says in plain words why, and what to do about it. */
public final class BrokerStartException extends RuntimeException {
    BrokerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
