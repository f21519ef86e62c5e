package io.millrace.worker.internal.execution;

/** Names that go on topics, held to their bounds before they do. */
final class Names {
    private Names() {}

    /**
     * Any characters, but not too many and not none.
     *
     * @throws IllegalArgumentException otherwise
     */
    static void requireLength(String what, String name, int limit) {
        if (name.isEmpty() || name.length() > limit) {
            throw new IllegalArgumentException(
                    what + " has 1 to " + limit + " characters, and this one has " + name.length());
        }
    }

    /**
     * What the engine takes for the name of a workflow or of what runs it: it looks these up by their bytes.
     *
     * @throws IllegalArgumentException if it is too long, blank, or has control characters
     */
    static void requireId(String what, String id, int limit) {
        requireLength(what, id, limit);
        if (id.isBlank() || id.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " is not blank and has no control characters");
        }
    }
}
