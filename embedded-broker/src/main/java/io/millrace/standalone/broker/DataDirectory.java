package io.millrace.standalone.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;

/** The broker's directory: owned by one process at a time, and by a version of Kafka that understands what is in it. */
final class DataDirectory implements AutoCloseable {
    private static final String LOCK_FILE = "broker.lock";
    private static final String VERSION_FILE = "kafka.version";

    private final Path root;
    private final boolean temporary;
    private final FileChannel lockChannel;

    private DataDirectory(Path root, boolean temporary, FileChannel lockChannel) {
        this.root = root;
        this.temporary = temporary;
        this.lockChannel = lockChannel;
    }

    /** Takes the directory, or a temporary one for {@code null}. */
    static DataDirectory take(@Nullable Path given) {
        Path root = given == null ? createTemporary() : create(given);
        FileChannel channel = lock(root);
        DataDirectory directory = new DataDirectory(root, given == null, channel);
        try {
            directory.checkVersion(AppInfoParser.getVersion());
            return directory;
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    Path root() {
        return root;
    }

    /** Where Kafka keeps its logs. */
    Path logs() {
        return root.resolve("logs");
    }

    /** Lets go of the directory, and deletes it if it is a temporary one. */
    @Override
    public void close() {
        try {
            lockChannel.close();
            if (temporary) {
                deleteTree();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot let go of the data directory " + root, e);
        }
    }

    private static Path createTemporary() {
        try {
            return Files.createTempDirectory("millrace-broker-");
        } catch (IOException e) {
            throw new BrokerStartException("cannot create a temporary directory for Kafka's data: " + e, e);
        }
    }

    private static Path create(Path given) {
        Path root = given.toAbsolutePath().normalize();
        try {
            return Files.createDirectories(root);
        } catch (IOException e) {
            throw new BrokerStartException(
                    "cannot create the data directory " + root + " (" + e + "): choose one that may be written to", e);
        }
    }

    private static FileChannel lock(Path root) {
        Path file = root.resolve(LOCK_FILE);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                if (tryLock(channel) == null) {
                    throw new BrokerStartException(inUse(root, channel), null);
                }
                channel.truncate(0);
                String pid = Long.toString(ProcessHandle.current().pid());
                channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
                return channel;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new BrokerStartException(
                    "cannot write to the data directory " + root + " (" + e + "): choose one that may be written to",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this process holds it itself
        }
    }

    private static String inUse(Path root, FileChannel channel) throws IOException {
        ByteBuffer owner = ByteBuffer.allocate(20);
        channel.read(owner, 0);
        String pid = new String(owner.array(), 0, owner.position(), StandardCharsets.US_ASCII);
        return "the data directory " + root + " is in use by " + (pid.isEmpty() ? "another process" : "process " + pid)
                + ": stop that one, or choose another directory";
    }

    /** Kafka reads what an older one wrote, but not what a newer one wrote. */
    private void checkVersion(String current) {
        Path file = root.resolve(VERSION_FILE);
        try {
            if (Files.exists(file)) {
                String written = Files.readString(file).strip();
                if (compareVersions(written, current) > 0) {
                    throw new BrokerStartException(
                            "the data directory " + root + " was written by Kafka " + written + ", and this is Kafka "
                                    + current + ", which cannot read it: use the newer version, or another directory",
                            null);
                }
            } else if (Files.exists(logs())) {
                throw new BrokerStartException(
                        "the data directory " + root + " has logs but no file " + VERSION_FILE
                                + ": it was not made by Millrace, choose another directory",
                        null);
            }
            Files.writeString(file, current + "\n");
        } catch (IOException e) {
            throw new BrokerStartException("cannot read or write " + file + ": " + e, e);
        }
    }

    private static int compareVersions(String left, String right) {
        List<Integer> a = numbers(left);
        List<Integer> b = numbers(right);
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int difference = Integer.compare(a.get(i), b.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static List<Integer> numbers(String version) {
        return Stream.of(version.split("\\D+"))
                .filter(part -> !part.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }

    private void deleteTree() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
