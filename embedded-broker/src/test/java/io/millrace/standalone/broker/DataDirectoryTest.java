package io.millrace.standalone.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void shouldRememberTheVersionThatWrote() throws IOException {
        DataDirectory.take(directory).close();
        assertEquals(AppInfoParser.getVersion(), Files.readString(versionFile()).strip());
    }

    @Test
    void shouldTakeWhatAnOlderVersionWrote() throws IOException {
        Files.writeString(versionFile(), "4.0.0\n");
        DataDirectory.take(directory).close();
        assertEquals(AppInfoParser.getVersion(), Files.readString(versionFile()).strip());
    }

    @Test
    void shouldRefuseWhatANewerVersionWrote() throws IOException {
        Files.writeString(versionFile(), "99.10.0\n");
        BrokerStartException refused = assertThrows(BrokerStartException.class, () -> DataDirectory.take(directory));
        assertTrue(refused.getMessage().contains("written by Kafka 99.10.0"), refused.getMessage());
        assertEquals("99.10.0", Files.readString(versionFile()).strip());
    }

    @Test
    void shouldRefuseLogsOfSomeoneElse() throws IOException {
        Files.createDirectories(directory.resolve("logs"));
        BrokerStartException refused = assertThrows(BrokerStartException.class, () -> DataDirectory.take(directory));
        assertTrue(refused.getMessage().contains("not made by Millrace"), refused.getMessage());
    }

    @Test
    void shouldSayWhereItCannotWrite() throws IOException {
        Path file = Files.createFile(directory.resolve("a-file"));
        BrokerStartException refused =
                assertThrows(BrokerStartException.class, () -> DataDirectory.take(file.resolve("below")));
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
    }

    @Test
    void shouldDeleteATemporaryDirectoryWithItsContents() throws IOException {
        DataDirectory temporary = DataDirectory.take(null);
        Files.createDirectories(temporary.logs());
        Files.writeString(temporary.logs().resolve("segment"), "records");
        temporary.close();
        assertFalse(Files.exists(temporary.root()));
    }

    private Path versionFile() {
        return directory.resolve("kafka.version");
    }
}
