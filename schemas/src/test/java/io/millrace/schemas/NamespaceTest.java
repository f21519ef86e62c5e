package io.millrace.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceTest {
    @Test
    void shouldPrefixTheNameOfATopic() {
        assertEquals("millrace.commands", Namespace.DEFAULT.topic(Topic.COMMANDS));
        assertEquals("orders-eu.dead-letters", new Namespace("orders-eu").topic(Topic.DEAD_LETTERS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "ü", "a\n"})
    void shouldRefuseWhatKafkaDoesNotTakeInATopicName(String name) {
        var refused = assertThrows(IllegalArgumentException.class, () -> new Namespace(name));

        assertTrue(refused.getMessage().contains("\"" + name + "\""), refused.getMessage());
    }

    @Test
    void shouldRefuseANameThatLeavesNoRoomForTheTopics() {
        assertEquals(100, new Namespace("n".repeat(100)).name().length());
        assertThrows(IllegalArgumentException.class, () -> new Namespace("n".repeat(101)));
    }
}
