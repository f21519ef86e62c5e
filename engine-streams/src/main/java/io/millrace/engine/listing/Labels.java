package io.millrace.engine.listing;

import io.millrace.schemas.WorkflowConditions;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow was labelled with when it was started, or what is looked for, as 64-bit hashes: one of each attribute with its value, of
 * its parent, and of the workflow that it is a fork of. Different labels may have the same hash.
 */
final class Labels {
    private static final long[] NONE = {};

    private Labels() {}

    static long[] of(Row.Origin origin) {
        return of(origin.attributes(), origin.parentWorkflowId(), origin.forkedFrom());
    }

    static long[] of(WorkflowConditions conditions) {
        return of(conditions.getAttributes(), conditions.getParentWorkflowId(), conditions.getForkedFrom());
    }

    private static long[] of(Map<String, String> attributes, @Nullable String parent, @Nullable String forkedFrom) {
        if (attributes.isEmpty() && parent == null && forkedFrom == null) {
            return NONE;
        }
        LongStream.Builder labels = LongStream.builder();
        attributes.forEach((key, value) -> labels.add(hash('a', key, value)));
        if (parent != null) {
            labels.add(hash('p', parent, ""));
        }
        if (forkedFrom != null) {
            labels.add(hash('f', forkedFrom, ""));
        }
        return labels.build().toArray();
    }

    private static long hash(char kind, String key, String value) {
        long hash = mixed(kind, key.length());
        for (int i = 0; i < key.length(); i++) {
            hash = mixed(hash, key.charAt(i));
        }
        for (int i = 0; i < value.length(); i++) {
            hash = mixed(hash, value.charAt(i));
        }
        return hash;
    }

    /** Multiplies by an odd number near 2^64 divided by the golden ratio, and lets the upper half reach the lower one. */
    private static long mixed(long hash, int next) {
        long product = (hash ^ next) * 0x9E3779B97F4A7C15L;
        return product ^ (product >>> 32);
    }
}
