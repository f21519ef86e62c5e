package io.millrace.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.engine.testing.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListingStoreTest {
    private final MemoryStore rows = new MemoryStore();
    private final ListingStore listing = new ListingStore(rows);
    private byte @Nullable [] cursor;

    @AfterEach
    void shouldCloseItsIterators() {
        assertEquals(0, rows.openIterators());
    }

    @Test
    void shouldListTheNewestFirst() {
        listing.add(100, "old");
        listing.add(300, "new");
        listing.add(200, "between");
        listing.add(200, "at the same time");
        assertEquals(List.of("new", "at the same time", "between", "old"), page(10));
        assertNull(cursor);
    }

    @Test
    void shouldGoOnWhereAPageEndedWhileNewOnesCome() {
        for (int i = 0; i < 10; i++) {
            listing.add(100 + i, "w" + i);
        }
        assertEquals(List.of("w9", "w8", "w7"), page(3));
        listing.add(500, "new");
        assertEquals(List.of("w6", "w5", "w4"), page(3));
        listing.add(103, "another at the time of w3");
        assertEquals(List.of("another at the time of w3", "w3", "w2"), page(3));
        assertEquals(List.of("w1", "w0"), page(3));
        assertNull(cursor);
    }

    @Test
    void shouldGiveNoCursorBehindTheLast() {
        listing.add(1, "a");
        listing.add(2, "b");
        assertEquals(List.of("b", "a"), page(2));
        assertNull(cursor);
    }

    @Test
    void shouldLeaveOutWhatIsTooNew() {
        listing.add(0, "at the beginning of time");
        listing.add(99, "before");
        listing.add(100, "at");
        List<String> found = new ArrayList<>();
        listing.visit(100, null, found::add);
        assertEquals(List.of("before", "at the beginning of time"), found);

        listing.visit(Long.MAX_VALUE, null, id -> false);
        byte[] fromTheNewest = listing.visit(Long.MAX_VALUE, null, id -> false);
        assertNotNull(fromTheNewest);
        found.clear();
        listing.visit(99, fromTheNewest, found::add);
        assertEquals(List.of("at the beginning of time"), found, "a cursor does not lead around the bound");
    }

    @Test
    void shouldRefuseAForgedCursor() {
        listing.add(1, "a");
        new TimerStore(rows).add(new TimerStore.Timer(1, TimerStore.Kind.WAKE, "secret"));
        for (byte[] forged : List.of(
                new byte[0],
                new byte[] {'i'},
                new byte[] {'i', 0, 0, 0, 0, 0, 0, 0, 0},
                "t........more".getBytes(StandardCharsets.UTF_8),
                "h\u0000........".getBytes(StandardCharsets.UTF_8))) {
            assertThrows(IllegalArgumentException.class, () -> listing.visit(Long.MAX_VALUE, forged, id -> true));
        }
    }

    @Test
    void shouldStayWithinTheListingWhateverTheCursor() {
        listing.add(1, "a");
        new OwnerStore(rows).add(new OwnerStore.Owned("secret", "secret", "default", 1, null));
        byte[] last = new byte[50];
        java.util.Arrays.fill(last, (byte) 0xff);
        last[0] = 'i';
        List<String> found = new ArrayList<>();
        assertNull(listing.visit(Long.MAX_VALUE, last, found::add));
        byte[] first = new byte[50];
        first[0] = 'i';
        assertNull(listing.visit(Long.MAX_VALUE, first, found::add));
        assertEquals(List.of("a"), found);
    }

    private List<String> page(int size) {
        List<String> found = new ArrayList<>();
        cursor = listing.visit(Long.MAX_VALUE, cursor, id -> {
            found.add(id);
            return found.size() < size;
        });
        return found;
    }
}
