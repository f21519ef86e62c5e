package io.millrace.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.Seeded;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownIdsTest {
    private final KnownIds known = new KnownIds();

    /** Whatever comes and goes: what is there is known, and of what is not there, all but what shares 64 bits is known not to be. */
    @Test
    void shouldKnowExactlyWhatIsThere() {
        Seeded.forEach(20, chance -> {
            KnownIds ids = new KnownIds();
            Set<String> there = new HashSet<>();
            for (int n = 0; n < 20_000; n++) {
                String id = "order-" + chance.below(3_000);
                if (there.add(id)) {
                    ids.add(id);
                } else if (chance.percent(60)) {
                    ids.remove(id);
                    there.remove(id);
                }
            }
            for (int n = 0; n < 3_000; n++) {
                assertEquals(there.contains("order-" + n), ids.mayContain("order-" + n), "order-" + n);
            }
            there.forEach(ids::remove);
            assertFalse(there.stream().anyMatch(ids::mayContain));
        });
    }

    @Test
    void shouldKeepOneOfTwoThatLookAlike() {
        known.add("a");
        known.add("a");
        known.remove("a");
        assertTrue(known.mayContain("a"));
    }

    @Test
    void shouldNotForgetWhatItDoesNotKnow() {
        assertThrows(IllegalArgumentException.class, () -> known.remove("a"));
    }
}
