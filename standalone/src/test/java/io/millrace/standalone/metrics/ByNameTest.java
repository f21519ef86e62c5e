package io.millrace.standalone.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ByNameTest {
    private final List<String> made = new ArrayList<>();
    private final ByName<String> byName = new ByName<>(name -> {
        made.add(name);
        return "series of " + name;
    });

    @Test
    void shouldMakeTheSeriesOfANameOnce() {
        assertEquals("series of a", byName.of("a"));
        assertEquals("series of a", byName.of("a"));
        assertEquals(List.of("a"), made);
    }

    @Test
    void shouldLetAllShareOneSeriesForWhichThereIsNoMoreRoom() {
        for (int i = 0; i < ByName.MOST; i++) {
            byName.of("type-" + i);
        }
        assertEquals("series of other", byName.of("one more"));
        assertEquals("series of other", byName.of("and another"));
        assertEquals("series of type-0", byName.of("type-0"));
        assertEquals(ByName.MOST + 1, made.size());
    }

    @Test
    void shouldHoldUpNobodyForANameWithoutRoom() throws Exception {
        for (int i = 0; i <= ByName.MOST; i++) {
            byName.of("type-" + i);
        }
        synchronized (byName) {
            assertEquals(
                    "series of other",
                    CompletableFuture.supplyAsync(() -> byName.of("one more")).get(30, TimeUnit.SECONDS));
        }
    }
}
