package io.millrace.client;

import io.millrace.schemas.EnqueuedWorkflow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of a queue ended.
 *
 * @param list which list it is of; see {@link #listOf}
 * @param place the place of the last workflow that was shown, in the one order that all partitions share
 * @param shown how many were shown up to there
 * @param from where to read on in each partition, by the partition's own account; null where from its beginning. There, what comes before the
 *     place may be shown again and is left out.
 */
record EnqueuedCursor(int list, Place place, long shown, List<@Nullable ByteBuffer> from) {
    private static final byte VERSION = 2;

    /** A place in a queue. */
    record Place(int rank, int priority, long queueOrder, String workflowId) implements Comparable<Place> {
        private static final Comparator<Place> BUT_FOR_ID = Comparator.comparingInt(Place::rank)
                .thenComparingInt(Place::priority)
                .thenComparingLong(Place::queueOrder);

        /** The lowest goes first; ids tell apart what partitions gave the same order. */
        private static final Comparator<Place> ORDER = BUT_FOR_ID.thenComparing(Place::workflowId);

        static Place of(EnqueuedWorkflow waiting) {
            return new Place(
                    waiting.getRank(),
                    waiting.getPriority(),
                    waiting.getQueueOrder(),
                    waiting.getWorkflow().getWorkflowId());
        }

        /** Whether it comes later by what partitions order by, of which ids are none. */
        boolean isClearlyAfter(Place other) {
            return BUT_FOR_ID.compare(this, other) > 0;
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /** Tells the lists of queues and partition keys apart: in another list than its own, a cursor would lead anywhere. */
    static int listOf(String queue, @Nullable String partitionKey) {
        return Objects.hash(queue, partitionKey);
    }

    String encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(VERSION);
        // The places of the partitions begin alike, and a URL must not grow too long.
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeInt(list);
            out.writeInt(place.rank);
            out.writeInt(place.priority);
            out.writeLong(place.queueOrder);
            out.writeUTF(place.workflowId);
            out.writeLong(shown);
            out.writeShort(from.size());
            for (ByteBuffer start : from) {
                writeBytes(out, start);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private static void writeBytes(DataOutputStream out, @Nullable ByteBuffer bytes) throws IOException {
        if (bytes == null) {
            out.writeShort(-1);
            return;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        out.writeShort(copy.length);
        out.write(copy);
    }

    static EnqueuedCursor parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length > 1 && bytes[0] == VERSION) {
                return read(new DataInputStream(
                        new InflaterInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1))));
            }
        } catch (IOException | IllegalArgumentException notOurs) {
            throw new IllegalArgumentException("\"" + text + "\" is no cursor of a queue", notOurs);
        }
        throw new IllegalArgumentException("\"" + text + "\" is no cursor of a queue");
    }

    private static EnqueuedCursor read(DataInputStream in) throws IOException {
        int list = in.readInt();
        Place place = new Place(in.readInt(), in.readInt(), in.readLong(), in.readUTF());
        long shown = in.readLong();
        int partitions = in.readShort();
        List<@Nullable ByteBuffer> from = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            int length = in.readShort();
            from.add(length < 0 ? null : ByteBuffer.wrap(in.readNBytes(length)));
        }
        return new EnqueuedCursor(list, place, shown, from);
    }
}
