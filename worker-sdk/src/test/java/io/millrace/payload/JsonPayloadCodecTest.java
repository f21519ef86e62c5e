package io.millrace.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JsonPayloadCodecTest {
    private final JsonPayloadCodec codec = new JsonPayloadCodec();

    private record Line(String article, int count) {}

    private record Order(
            UUID id, List<Line> lines, Instant at, LocalDate due, Duration patience, Optional<String> note) {}

    private record Page<T>(List<T> items, Map<String, T> byName) {}

    private static final class Unwritable {
        @SuppressWarnings("unused")
        public String getName() {
            throw new IllegalStateException("no name");
        }
    }

    private Object roundTrip(Object value, Type type) {
        return codec.decode(codec.encode(value), type);
    }

    private static byte[] utf8(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldKeepRecordsWithTimes() {
        Order order = new Order(
                new UUID(1, 2),
                List.of(new Line("a", 2)),
                Instant.parse("2026-01-02T03:04:05.678901234Z"),
                LocalDate.of(2026, 2, 28),
                Duration.ofSeconds(90),
                Optional.of("fast"));
        assertEquals(order, roundTrip(order, Order.class));
    }

    @Test
    void shouldKeepGenericTypes() {
        Page<Line> page = new Page<>(List.of(new Line("a", 1)), Map.of("b", new Line("b", 2)));
        assertEquals(page, roundTrip(page, new TypeRef<Page<Line>>() {}.type()));
        assertEquals(List.of(Instant.EPOCH), roundTrip(List.of(Instant.EPOCH), new TypeRef<List<Instant>>() {}.type()));
    }

    @Test
    void shouldWriteTimesAsText() {
        assertEquals("\"1970-01-01T00:00:00Z\"", new String(codec.encode(Instant.EPOCH), StandardCharsets.UTF_8));
        assertEquals("\"PT1M30S\"", new String(codec.encode(Duration.ofSeconds(90)), StandardCharsets.UTF_8));
    }

    @Test
    void shouldIgnoreAPropertyThatIsNoMore() {
        assertEquals(
                new Line("a", 1), codec.decode(utf8("{\"article\":\"a\",\"colour\":\"red\",\"count\":1}"), Line.class));
    }

    @Test
    void shouldNameTheTypeThatCannotBeRead() {
        PayloadException error =
                assertThrows(PayloadException.class, () -> codec.decode(utf8("{\"count\":\"many\"}"), Line.class));
        assertTrue(error.getMessage().contains(Line.class.getName()), error.getMessage());
        assertTrue(error.getMessage().contains("many"), error.getMessage());
        assertFalse(error.getMessage().contains("[Source"), error.getMessage());
        assertThrows(PayloadException.class, () -> codec.decode(utf8("{"), Line.class));
    }

    @Test
    void shouldNameTheClassThatCannotBeWritten() {
        PayloadException error = assertThrows(PayloadException.class, () -> codec.encode(new Unwritable()));
        assertTrue(error.getMessage().contains(Unwritable.class.getName()), error.getMessage());
    }

    @Test
    @SuppressWarnings({"rawtypes", "unchecked"})
    void shouldRefuseATypeRefWithoutItsType() {
        assertThrows(IllegalArgumentException.class, () -> new TypeRef() {});
    }
}
