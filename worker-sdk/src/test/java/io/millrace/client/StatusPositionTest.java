package io.millrace.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPositionTest {
    private static final UUID LOG = UUID.randomUUID();

    @Test
    void shouldReadWhatItWrites() {
        StatusPosition position = new StatusPosition(LOG, new long[] {0, 127, 128, 5_000_000_000L, Long.MAX_VALUE});

        assertEquals(position, StatusPosition.parse(position.encode()));
        assertTrue(position.encode().matches("[A-Za-z0-9_-]+"), position.encode());
    }

    @Test
    void shouldTakeTheLaterPlaceOfEachPartition() {
        assertEquals(
                new StatusPosition(LOG, new long[] {5, 7}),
                new StatusPosition(LOG, new long[] {5, 1}).orLater(new StatusPosition(LOG, new long[] {3, 7})));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "AQ",
                "AgAAAAAAAAABAAAAAAAAAAIBAQ",
                "AQAAAAAAAAABAAAAAAAAAAIA",
                "AQAAAAAAAAABAAAAAAAAAAICAQ",
                "ä"
            })
    void shouldRefuseWhatIsNoPosition(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> StatusPosition.parse(text))
                .getMessage();

        assertTrue(message.contains("\"" + text + "\" is no position"), message);
    }

    @Test
    void shouldRefuseAPositionWithSomethingBehindIt() {
        String longer = new StatusPosition(LOG, new long[] {1}).encode() + "AA";

        assertThrows(IllegalArgumentException.class, () -> StatusPosition.parse(longer));
    }
}
