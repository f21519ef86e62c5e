package io.millrace.engine.machine;

import io.millrace.schemas.Limits;
import org.jspecify.annotations.Nullable;

/** What the ids of workflows, commands, queries and workers must look like. */
public final class Ids {
    private Ids() {}

    /**
     * Why an id is refused, or null. Ids are part of store keys, in which a control character ends a part, and of nearly every
     * record, which would not fit Kafka with a longer one.
     *
     * @param what what it is the id of, for the message
     */
    public static @Nullable String objectionTo(String what, String id) {
        return objectionTo(what, id, Limits.MAX_ID_CHARS);
    }

    /** The same for a name, which has another limit. */
    static @Nullable String objectionTo(String what, String id, int limit) {
        if (id.isBlank()) {
            return "the " + what + " is empty";
        }
        if (id.length() > limit) {
            return "the " + what + " has " + id.length() + " characters; the limit is " + limit;
        }
        return hasControlCharacter(id) ? "the " + what + " has a control character in it" : null;
    }

    /** A loop, since every record has some ids to look through. */
    private static boolean hasControlCharacter(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (Character.isISOControl(id.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
