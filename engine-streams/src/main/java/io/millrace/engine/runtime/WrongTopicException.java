package io.millrace.engine.runtime;

import java.util.List;

/** Existing topics are set up in a way that would lose or misplace records. The message names each topic, setting and remedy. */
public final class WrongTopicException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongTopicException(List<String> wrong) {
        super("the topics of this namespace are not as Millrace needs them:\n  " + String.join("\n  ", wrong));
    }
}
