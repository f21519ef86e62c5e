package io.millrace.engine.runtime;

import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Tells that it was the disk of the state directory that failed, and in words what to do about it. */
public final class DiskFailure {
    /** What the operating system says, by whatever library, in the only language that it says it in to a Java process. */
    private static final String NO_ROOM = "No space left on device";

    /** More causes than that are a circle. */
    private static final int MAX_CAUSES = 20;

    private DiskFailure() {}

    /** What to tell the user; empty where the error has nothing to do with the disk. */
    public static Optional<String> in(Throwable error) {
        boolean ofState = false;
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            ofState |= cause instanceof ProcessorStateException;
            boolean disk = cause instanceof RocksDBException rocks ? isOfDisk(rocks) : cause instanceof IOException;
            String message = String.valueOf(cause.getMessage());
            if (message.contains(NO_ROOM)) {
                return Optional.of("there is no room left for the state directory (" + message
                        + "): make room on that disk, or give the engine another directory (--data), and start it again;"
                        + " nothing is lost, what is missing is restored from Kafka");
            }
            if (disk && ofState) {
                return Optional.of("the state directory cannot be read or written (" + message
                        + "): see to that disk, or give the engine another directory (--data), and start it again;"
                        + " nothing is lost, what is missing is restored from Kafka");
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private static boolean isOfDisk(RocksDBException error) {
        Status status = error.getStatus();
        return status != null && status.getCode() == Status.Code.IOError;
    }
}
