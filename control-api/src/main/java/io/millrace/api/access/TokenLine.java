package io.millrace.api.access;

import io.millrace.api.Role;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One token of a tokens file: whose it is, what they may do, and its hash.
 *
 * @param name who holds it
 * @param role what they may do
 * @param hash its SHA-256 in hexadecimal
 */
public record TokenLine(String name, Role role, String hash) {
    /**
     * Checks the name and the hash.
     *
     * @throws IllegalArgumentException if the line could not be read back
     */
    public TokenLine {
        if (!Principal.isName(name) || name.contains(" ") || name.startsWith("#")) {
            throw new IllegalArgumentException("a name has 1 to " + Principal.MAX_NAME_CHARS
                    + " printable characters without blanks, and does not begin with #");
        }
        hash = hash.toLowerCase(Locale.ROOT);
        if (!hash.matches("[0-9a-f]{" + 2 * ApiToken.HASH_BYTES + "}")) {
            // What stands there may be a token that somebody took for its hash.
            throw new IllegalArgumentException("the last word must be the SHA-256 of a token in hexadecimal, "
                    + 2 * ApiToken.HASH_BYTES + " digits, as \"millrace token create\" prints it");
        }
    }

    static TokenLine parse(String line) {
        String[] words = line.strip().split("\\s+");
        if (words.length != 3) {
            throw new IllegalArgumentException("a line is NAME ROLE HASH, and this one has " + words.length + " words");
        }
        return new TokenLine(words[0], role(words[1]), words[2]);
    }

    /**
     * The role of this name, in any case.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Role role(String text) {
        return Arrays.stream(Role.values())
                .filter(role -> role != Role.ANYONE && role.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no role; there are "
                        + Arrays.stream(Role.values())
                                .filter(role -> role != Role.ANYONE)
                                .map(role -> role.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    /** The line as the file has it. */
    public String text() {
        return name + " " + role.name().toLowerCase(Locale.ROOT) + " " + hash;
    }
}
