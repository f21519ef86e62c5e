package io.millrace.engine.store;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class RecentRowsTest {
    private static final int ROW = 1_000;

    private final RecentRows recent = new RecentRows(3 * (ROW + 200));

    @Test
    void shouldForgetWhatWasUsedLongestAgo() {
        recent.put("a", new byte[ROW]);
        recent.put("b", new byte[ROW]);
        recent.put("c", new byte[ROW]);
        assertNotNull(recent.get("a"));
        recent.put("d", new byte[ROW]);
        assertNull(recent.get("b"));
        assertNotNull(recent.get("a"));
        assertNotNull(recent.get("c"));
        assertNotNull(recent.get("d"));
    }

    @Test
    void shouldHaveTheLastRowOfAKey() {
        for (int n = 0; n < 10; n++) {
            recent.put("a", new byte[ROW]);
        }
        byte[] last = new byte[ROW];
        recent.put("a", last);
        recent.put("b", new byte[ROW]);
        assertSame(last, recent.get("a"));
    }

    @Test
    void shouldNotKeepWhatIsTooLarge() {
        recent.put("a", new byte[ROW]);
        recent.put("b", new byte[100 * ROW]);
        assertNull(recent.get("b"));
        recent.put("c", new byte[ROW]);
        assertNotNull(recent.get("c"));
    }
}
