package io.millrace.client.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class GeneratedIdTest {
    /** The example of RFC 9562, appendix A.6. */
    @Test
    void shouldBeAUuidOfVersionSeven() {
        UUID random = UUID.fromString("00000000-0000-4cc3-98c4-dc0c0c07398f");
        UUID id = GeneratedId.at(0x017F22E279B0L, random);
        assertEquals("017f22e2-79b0-7cc3-98c4-dc0c0c07398f", id.toString());
        assertEquals(7, id.version());
        assertEquals(2, id.variant());
    }

    @Test
    void shouldBeInTheOrderOfTime() {
        UUID random = UUID.randomUUID();
        String before = GeneratedId.at(1_795_724_608_909L, random).toString();
        String after = GeneratedId.at(1_795_724_608_910L, random).toString();
        assertTrue(before.compareTo(after) < 0);
    }

    @Test
    void shouldNeverBeTheSame() {
        assertNotEquals(GeneratedId.next(), GeneratedId.next());
    }
}
