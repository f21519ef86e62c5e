package io.millrace.engine.listing;

import io.millrace.schemas.WorkflowStatus;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Some rows, one behind the other, in columns. Ordered by the time of creation, and within a millisecond by id backwards: that is the order of
 * lists from its end to its beginning, so that what is new comes last.
 */
final class Segment {
    /** Most rows: few enough that one can be put in between at once, and enough that a segment's own objects do not count. */
    static final int MOST_ROWS = 1024;

    private static final int FIRST_ROWS = 16;
    private static final int BYTES_OF_AN_ID = 32;

    private int size;

    /** How many rows were taken out: their ids and labels still have their place. */
    private int removed;

    private long[] createdAtMs = new long[FIRST_ROWS];
    private byte[] statuses = new byte[FIRST_ROWS];
    private int[] types = new int[FIRST_ROWS];
    private int[] queues = new int[FIRST_ROWS];
    private int[] versions = new int[FIRST_ROWS];
    private int[] owners = new int[FIRST_ROWS];

    /** Where the id of a row begins, and how long it is. */
    private int[] idStarts = new int[FIRST_ROWS];

    private short[] idLengths = new short[FIRST_ROWS];
    private byte[] idBytes = new byte[FIRST_ROWS * BYTES_OF_AN_ID];
    private int idBytesUsed;

    /** Where the labels of a row are, behind their number; 0 where it has none. Empty where no row has any. */
    private int[] labelStarts = new int[0];

    private long[] labels = new long[0];
    private int labelsUsed;

    int size() {
        return size;
    }

    int idRoom() {
        return idBytes.length;
    }

    boolean isFull() {
        return size == MOST_ROWS;
    }

    /** Whether more rows were taken out than there are, so that what is left is to be taken over by another segment. */
    boolean isMostlyGone() {
        return removed > size;
    }

    long createdAtMs(int row) {
        return createdAtMs[row];
    }

    /** Its number, as in {@link WorkflowStatus#ordinal()}. */
    int status(int row) {
        return statuses[row];
    }

    int type(int row) {
        return types[row];
    }

    int queue(int row) {
        return queues[row];
    }

    int version(int row) {
        return versions[row];
    }

    int owner(int row) {
        return owners[row];
    }

    String workflowId(int row) {
        return new String(idBytes, idStarts[row], length(row), StandardCharsets.UTF_8);
    }

    boolean idStartsWith(int row, byte[] prefix) {
        int start = idStarts[row];
        return length(row) >= prefix.length
                && Arrays.equals(idBytes, start, start + prefix.length, prefix, 0, prefix.length);
    }

    /** Whether it has all these labels, as far as hashes tell. */
    boolean hasLabels(int row, long[] wanted) {
        int start = labelStarts.length == 0 ? 0 : labelStarts[row];
        if (start == 0) {
            return wanted.length == 0;
        }
        for (long label : wanted) {
            if (!hasLabel(start, label)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasLabel(int start, long label) {
        for (int i = start + 1; i <= start + labels[start]; i++) {
            if (labels[i] == label) {
                return true;
            }
        }
        return false;
    }

    /** Where a row comes in the order, as against a place: below 0 before it, above 0 behind it. Without an id, the place is before all of its time. */
    int compare(int row, long placeMs, byte @Nullable [] placeId) {
        if (createdAtMs[row] != placeMs) {
            return createdAtMs[row] < placeMs ? -1 : 1;
        }
        if (placeId == null) {
            return 1;
        }
        int start = idStarts[row];
        return Arrays.compareUnsigned(placeId, 0, placeId.length, idBytes, start, start + length(row));
    }

    /** Puts a row in, before the one that is there now. There must be room. */
    void insert(int at, Row row, Columns names) {
        byte[] id = row.workflowId().getBytes(StandardCharsets.UTF_8);
        makeRoom(at);
        createdAtMs[at] = row.createdAtMs();
        statuses[at] = (byte) row.status().ordinal();
        types[at] = names.types().retain(row.workflowType());
        queues[at] = names.queues().retain(row.queue());
        versions[at] = names.versions().retain(row.version());
        owners[at] = names.owners().retain(row.owner());
        setId(at, id, 0, id.length);
        long[] hashes = Labels.of(row.origin());
        setLabels(at, hashes, 0, hashes.length);
    }

    /** Gives a row what has changed of it. */
    void update(int at, Row row, Columns names) {
        statuses[at] = (byte) row.status().ordinal();
        types[at] = changed(names.types(), types[at], row.workflowType());
        queues[at] = changed(names.queues(), queues[at], row.queue());
        versions[at] = changed(names.versions(), versions[at], row.version());
        owners[at] = changed(names.owners(), owners[at], row.owner());
    }

    /** Takes a row out. */
    void remove(int at, Columns names) {
        names.types().release(types[at]);
        names.queues().release(queues[at]);
        names.versions().release(versions[at]);
        names.owners().release(owners[at]);
        size--;
        removed++;
        shift(at + 1, at, size - at);
    }

    private static int changed(Names names, int code, @Nullable String name) {
        if (Objects.equals(names.name(code), name)) {
            return code;
        }
        int now = names.retain(name);
        names.release(code);
        return now;
    }

    /** Takes rows over from another one, behind its own. There must be room. The other one is not to be used any more. */
    void take(Segment other, int from, int to) {
        for (int row = from; row < to; row++) {
            int at = size;
            makeRoom(at);
            createdAtMs[at] = other.createdAtMs[row];
            statuses[at] = other.statuses[row];
            types[at] = other.types[row];
            queues[at] = other.queues[row];
            versions[at] = other.versions[row];
            owners[at] = other.owners[row];
            setId(at, other.idBytes, other.idStarts[row], other.length(row));
            int start = other.labelStarts.length == 0 ? 0 : other.labelStarts[row];
            setLabels(at, other.labels, start + 1, start == 0 ? 0 : (int) other.labels[start]);
        }
    }

    /** Gives back what it has reserved: hardly anything comes any more. */
    void trim() {
        resize(size);
        idBytes = Arrays.copyOf(idBytes, idBytesUsed);
        labels = Arrays.copyOf(labels, labelsUsed);
    }

    private int length(int row) {
        return Short.toUnsignedInt(idLengths[row]);
    }

    private void makeRoom(int at) {
        if (size == createdAtMs.length) {
            resize(Math.min(MOST_ROWS, Math.max(FIRST_ROWS, 2 * size)));
        }
        shift(at, at + 1, size - at);
        size++;
    }

    /** Moves rows from one place to another. */
    private void shift(int from, int to, int rows) {
        if (rows == 0) {
            return;
        }
        System.arraycopy(createdAtMs, from, createdAtMs, to, rows);
        System.arraycopy(statuses, from, statuses, to, rows);
        System.arraycopy(types, from, types, to, rows);
        System.arraycopy(queues, from, queues, to, rows);
        System.arraycopy(versions, from, versions, to, rows);
        System.arraycopy(owners, from, owners, to, rows);
        System.arraycopy(idStarts, from, idStarts, to, rows);
        System.arraycopy(idLengths, from, idLengths, to, rows);
        if (labelStarts.length > 0) {
            System.arraycopy(labelStarts, from, labelStarts, to, rows);
        }
    }

    private void resize(int rows) {
        createdAtMs = Arrays.copyOf(createdAtMs, rows);
        statuses = Arrays.copyOf(statuses, rows);
        types = Arrays.copyOf(types, rows);
        queues = Arrays.copyOf(queues, rows);
        versions = Arrays.copyOf(versions, rows);
        owners = Arrays.copyOf(owners, rows);
        idStarts = Arrays.copyOf(idStarts, rows);
        idLengths = Arrays.copyOf(idLengths, rows);
        if (labelStarts.length > 0) {
            labelStarts = Arrays.copyOf(labelStarts, rows);
        }
    }

    private void setId(int at, byte[] bytes, int from, int length) {
        if (idBytesUsed + length > idBytes.length) {
            idBytes = Arrays.copyOf(idBytes, Math.max(idBytes.length * 3 / 2, idBytesUsed + length));
        }
        System.arraycopy(bytes, from, idBytes, idBytesUsed, length);
        idStarts[at] = idBytesUsed;
        idLengths[at] = (short) length;
        idBytesUsed += length;
    }

    private void setLabels(int at, long[] hashes, int from, int count) {
        if (count > 0 && labelStarts.length == 0) {
            labelStarts = new int[createdAtMs.length];
            // The first place stays empty, because 0 is that of none.
            labelsUsed = 1;
        }
        if (labelStarts.length == 0) {
            return;
        }
        labelStarts[at] = count == 0 ? 0 : labelsUsed;
        if (count > 0) {
            if (labelsUsed + 1 + count > labels.length) {
                labels = Arrays.copyOf(labels, Math.max(labels.length * 3 / 2, labelsUsed + 1 + count));
            }
            labels[labelsUsed] = count;
            System.arraycopy(hashes, from, labels, labelsUsed + 1, count);
            labelsUsed += 1 + count;
        }
    }
}
