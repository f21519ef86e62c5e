package io.millrace.engine.store;

import java.util.Arrays;

/**
 * Says of most workflow ids that are not there that they are not, without a look at the disk: nearly every start is of a new workflow. Keeps a
 * 64-bit hash of each id that is there, at 11 to 21 bytes each; two ids of the same hash have two places, so that one may go and the other stay known.
 */
final class KnownIds {
    /** No place holds it: an id whose hash it is has the next one. */
    private static final long FREE = 0;

    private static final int LEAST_PLACES = 1 << 10;

    /** At most so many of four places are taken, so that runs stay short. */
    private static final int TAKEN_OF_FOUR = 3;

    private long[] places = new long[LEAST_PLACES];
    private int size;

    /** Takes an id in that was not there. */
    void add(String id) {
        if (4L * (size + 1) > (long) TAKEN_OF_FOUR * places.length) {
            grow();
        }
        put(hash(id));
        size++;
    }

    /** Forgets an id that is there. */
    void remove(String id) {
        int at = find(hash(id));
        if (at < 0) {
            throw new IllegalArgumentException(id + " is not known");
        }
        size--;
        closeGap(at);
    }

    /** Whether the id may be there; false if it certainly is not. */
    boolean mayContain(String id) {
        return find(hash(id)) >= 0;
    }

    /** Those behind a place that was freed move up, as far as they would not be found otherwise. */
    private void closeGap(int freed) {
        int gap = freed;
        for (int at = next(gap); places[at] != FREE; at = next(at)) {
            int home = home(places[at]);
            boolean reachesGap = gap <= at ? home <= gap || home > at : home <= gap && home > at;
            if (reachesGap) {
                places[gap] = places[at];
                gap = at;
            }
        }
        places[gap] = FREE;
    }

    private int find(long hash) {
        for (int at = home(hash); places[at] != FREE; at = next(at)) {
            if (places[at] == hash) {
                return at;
            }
        }
        return -1;
    }

    private void put(long hash) {
        int at = home(hash);
        while (places[at] != FREE) {
            at = next(at);
        }
        places[at] = hash;
    }

    private void grow() {
        long[] before = places;
        places = new long[Math.multiplyExact(before.length, 2)];
        Arrays.stream(before).filter(hash -> hash != FREE).forEach(this::put);
    }

    private int home(long hash) {
        return (int) hash & (places.length - 1);
    }

    private int next(int at) {
        return (at + 1) & (places.length - 1);
    }

    /** Every bit depends on every character; the last two lines are the finalizer of MurmurHash3. */
    private static long hash(String id) {
        long hash = id.length();
        for (int i = 0; i < id.length(); i++) {
            hash = hash * 0x100000001B3L ^ id.charAt(i);
        }
        hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
        hash ^= hash >>> 33;
        return hash == FREE ? 1 : hash;
    }
}
