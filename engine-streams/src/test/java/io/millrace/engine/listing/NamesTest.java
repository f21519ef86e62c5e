package io.millrace.engine.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class NamesTest {
    private final Names names = new Names();

    @Test
    void shouldKeepANameAsLongAsOneRowHasIt() {
        int code = names.retain("a");
        assertEquals(code, names.retain("a"));
        names.release(code);
        assertEquals(code, names.find("a"));
        assertEquals("a", names.name(code));
        names.release(code);
        assertNull(names.find("a"));
        assertNull(names.name(code));
    }

    @Test
    void shouldHaveANumberForNoName() {
        assertEquals(Names.NONE, names.retain(null));
        names.release(Names.NONE);
        assertNull(names.name(Names.NONE));
    }

    @Test
    void shouldNotGrowWhileNamesComeAndGo() {
        for (int i = 0; i < 10_000; i++) {
            int one = names.retain("worker-" + i);
            int other = names.retain("worker-" + i + "'");
            assertEquals("worker-" + i, names.name(one));
            assertEquals(other, names.find("worker-" + i + "'"));
            names.release(one);
            names.release(other);
        }
        assertEquals(3, names.bound());
    }
}
