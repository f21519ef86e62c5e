package io.millrace.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class StateDirectoryTest {
    @Test
    void shouldLeaveNothingBehind() throws IOException {
        StateDirectory directory = StateDirectory.create();
        Files.createDirectories(directory.path().resolve("a/b"));
        Files.writeString(directory.path().resolve("a/b/c"), "text");
        assertTrue(Files.exists(directory.path()));

        directory.delete();
        assertFalse(Files.exists(directory.path()));
    }
}
