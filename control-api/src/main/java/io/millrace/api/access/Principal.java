package io.millrace.api.access;

import io.millrace.api.Role;
import java.util.Locale;

/**
 * Whoever asks.
 *
 * @param name what the history of workflows calls them; 1 to {@link #MAX_NAME_CHARS} printable characters
 * @param role what they may do
 * @param authentication how it is known who they are
 */
public record Principal(String name, Role role, Authentication authentication) {
    /** Longer names would fill the history's lines without saying more. */
    public static final int MAX_NAME_CHARS = 100;

    /** How it is known who somebody is. */
    public enum Authentication {
        /** It is not: whoever reaches the server is believed. */
        NONE,
        /** By a token of the server's own file. */
        TOKEN,
        /** By a token of an OpenID provider. */
        OIDC;

        /** The word for it in answers. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether this can be a name: nothing that a terminal or a log would take for something else than text. */
    static boolean isName(String text) {
        return !text.isBlank()
                && text.length() <= MAX_NAME_CHARS
                && text.codePoints().noneMatch(Principal::isUnprintable);
    }

    private static boolean isUnprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
