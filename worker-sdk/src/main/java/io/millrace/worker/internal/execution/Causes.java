package io.millrace.worker.internal.execution;

import java.util.Objects;
import java.util.stream.Stream;

/** What was thrown, and why, and why that. */
final class Causes {
    /** A chain of causes that is longer is not a chain but a circle. */
    private static final int LONGEST_CHAIN = 100;

    private Causes() {}

    static Stream<Throwable> of(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(LONGEST_CHAIN);
    }
}
