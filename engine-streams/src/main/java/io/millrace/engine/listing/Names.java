package io.millrace.engine.listing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names that many rows share, each under a small number. A name that no row has any more is let go of, and its number used again: so there are
 * never more than rows, however many workers come and go.
 */
final class Names {
    /** The number of no name. */
    static final int NONE = 0;

    private final Map<String, Integer> codes = new HashMap<>();
    private @Nullable String[] names = new @Nullable String[8];

    /** How many rows have a name; of a number that is free, the next one that is free. */
    private int[] uses = new int[8];

    private int size = 1;
    private int free = NONE;

    /** The number of a name that one more row has. */
    int retain(@Nullable String name) {
        if (name == null) {
            return NONE;
        }
        Integer known = codes.get(name);
        int code = known == null ? add(name) : known;
        uses[code]++;
        return code;
    }

    /** One row less has the name. */
    void release(int code) {
        if (code != NONE && --uses[code] == 0) {
            codes.remove(names[code]);
            names[code] = null;
            uses[code] = free;
            free = code;
        }
    }

    /** The number of a name; null where no row has it. */
    @Nullable
    Integer find(String name) {
        return codes.get(name);
    }

    /** The name of a number; null for {@link #NONE}. */
    @Nullable
    String name(int code) {
        return names[code];
    }

    /** All numbers are smaller. */
    int bound() {
        return size;
    }

    private int add(String name) {
        int code = free;
        if (code == NONE) {
            code = size++;
            if (code == names.length) {
                names = Arrays.copyOf(names, 2 * code);
                uses = Arrays.copyOf(uses, 2 * code);
            }
        } else {
            free = uses[code];
        }
        names[code] = name;
        uses[code] = 0;
        codes.put(name, code);
        return code;
    }
}
