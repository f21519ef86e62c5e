package io.millrace.client;

import io.millrace.schemas.ListPosition;
import io.millrace.schemas.WorkflowState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page of a list ended: the place of its last workflow in the one order that all partitions share. It names no
 * partition and no position in any store, so it stays good while workflows come, go and change.
 *
 * @param createdAtMs when the last workflow of the page was created
 * @param workflowId its id, which orders workflows of the same millisecond
 */
record ListCursor(long createdAtMs, String workflowId) {
    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 1 + Long.BYTES;

    static ListCursor of(WorkflowState last) {
        return new ListCursor(last.getCreatedAtMs(), last.getWorkflowId());
    }

    /** The place as a query names it. */
    ListPosition position() {
        return new ListPosition(createdAtMs, workflowId);
    }

    String encode() {
        byte[] id = workflowId.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + id.length)
                .put(VERSION)
                .putLong(createdAtMs)
                .put(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    static ListCursor parse(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() > HEADER_BYTES && bytes.get() == VERSION) {
                long createdAtMs = bytes.getLong();
                return new ListCursor(
                        createdAtMs, StandardCharsets.UTF_8.decode(bytes).toString());
            }
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("\"" + text + "\" is no cursor of a list", notBase64);
        }
        throw new IllegalArgumentException("\"" + text + "\" is no cursor of a list");
    }
}
