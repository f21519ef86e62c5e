package io.millrace.standalone.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerIT {
    /** Longer than a member of a cluster may be silent. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** 12 MB of them. */
    private static final int MANY_COMMITS = 3_000;

    private static final long FEW_BYTES = 6L << 20;

    @TempDir
    private Path directory;

    @Test
    void shouldKeepRecordsAndCommittedOffsetsAcrossARestart() throws Exception {
        String clusterId;
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
            BrokerClient client = new BrokerClient(broker.bootstrapServers());
            client.createTopic();
            client.write("a", "b", "c");
            client.commitOffset(2);
            clusterId = broker.clusterId();
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
            BrokerClient client = new BrokerClient(broker.bootstrapServers());
            assertEquals(List.of("a", "b", "c"), client.readCommitted(3));
            assertEquals(2, client.committedOffset());
            assertEquals(clusterId, broker.clusterId());
        }
    }

    @Test
    void shouldKeepWhatWasAcknowledgedWhenItsProcessIsKilled() throws Exception {
        try (KilledBroker killed = KilledBroker.start(directory)) {
            BrokerClient client = new BrokerClient(killed.bootstrapServers());
            client.createTopic();
            client.write("a", "b", "c");
            client.commitOffset(3);
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
            BrokerClient client = new BrokerClient(broker.bootstrapServers());
            client.write("d");
            assertEquals(List.of("a", "b", "c", "d"), client.readCommitted(4));
            assertEquals(3, client.committedOffset());
        }
    }

    @Test
    void shouldStayTheLeaderOfEverythingWhenItsProcessIsPaused() throws Exception {
        try (KilledBroker paused = KilledBroker.start(directory)) {
            BrokerClient client = new BrokerClient(paused.bootstrapServers());
            client.createTopic();
            client.write("a");
            int before = client.leaderEpoch();
            paused.standStill(PAUSE);
            client.write("b");
            client.commitOffset(2);
            assertEquals(before, client.leaderEpoch());
        }
    }

    @Test
    void shouldStartAgainAfterEachOfSeveralKills() throws Exception {
        for (int kill = 1; kill <= 3; kill++) {
            try (KilledBroker killed = KilledBroker.start(directory)) {
                BrokerClient client = new BrokerClient(killed.bootstrapServers());
                if (kill == 1) {
                    client.createTopic();
                }
                client.write("record " + kill);
            }
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
            assertEquals(
                    List.of("record 1", "record 2", "record 3"),
                    new BrokerClient(broker.bootstrapServers()).readCommitted(3));
        }
    }

    @Test
    void shouldNotKeepAllOffsetsThatWereEverCommitted() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
            BrokerClient client = new BrokerClient(broker.bootstrapServers());
            client.createTopic();

            client.commitOffsets(MANY_COMMITS);

            assertTrue(offsetBytes() > 0);
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> offsetBytes() < FEW_BYTES);
            assertEquals(MANY_COMMITS - 1, client.committedOffset());
        }
    }

    @Test
    void shouldServeATransactionalProducer() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.ephemeral())) {
            BrokerClient client = new BrokerClient(broker.bootstrapServers());
            client.createTopic();
            client.writeInTransactions("committed", "aborted");
            client.write("last");
            assertEquals(List.of("committed", "last"), client.readCommitted(2));
        }
    }

    @Test
    void shouldRefuseADirectoryThatThisProcessUsesAlready() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
            BrokerStartException refused = assertThrows(
                    BrokerStartException.class, () -> EmbeddedBroker.start(BrokerConfig.in(broker.dataDirectory())));
            assertTrue(refused.getMessage().contains("in use by process"), refused.getMessage());
        }
    }

    @Test
    void shouldNameTheOtherProcessThatUsesTheDirectory() throws Exception {
        try (KilledBroker other = KilledBroker.start(directory)) {
            BrokerStartException refused =
                    assertThrows(BrokerStartException.class, () -> EmbeddedBroker.start(BrokerConfig.in(directory)));
            assertTrue(refused.getMessage().contains("in use by process " + other.pid()), refused.getMessage());
        }
    }

    @Test
    void shouldRefuseAPortThatIsInUseAndLetGoOfTheDirectory() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            BrokerConfig config = BrokerConfig.in(directory).withPort(taken.getLocalPort());
            BrokerStartException refused = assertThrows(BrokerStartException.class, () -> EmbeddedBroker.start(config));
            assertTrue(refused.getMessage().contains("port " + taken.getLocalPort()), refused.getMessage());
        }
        try (DataDirectory free = DataDirectory.take(directory)) {
            assertTrue(Files.isDirectory(free.root()));
        }
    }

    @Test
    void shouldDeleteATemporaryDirectoryOnClose() {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.ephemeral());
        Path temporary = broker.dataDirectory();
        assertTrue(Files.exists(temporary));
        broker.close();
        assertFalse(Files.exists(temporary));
    }

    @Test
    void shouldSayWhatIsWrongWithASettingAndLeaveNothingBehind() {
        BrokerConfig config = BrokerConfig.in(directory).with("num.io.threads", "none");
        BrokerStartException refused = assertThrows(BrokerStartException.class, () -> EmbeddedBroker.start(config));
        assertTrue(refused.getMessage().contains("num.io.threads"), refused.getMessage());
        EmbeddedBroker.start(BrokerConfig.in(directory)).close();
    }

    /** By File, which does not mind that the cleaner deletes files meanwhile. */
    private long offsetBytes() {
        return files(directory.resolve("logs").toFile())
                .filter(partition -> partition.getName().startsWith("__consumer_offsets-"))
                .flatMap(EmbeddedBrokerIT::files)
                .filter(file -> file.getName().endsWith(".log"))
                .mapToLong(File::length)
                .sum();
    }

    private static Stream<File> files(File directory) {
        File[] files = directory.listFiles();
        return files == null ? Stream.empty() : Arrays.stream(files);
    }
}
