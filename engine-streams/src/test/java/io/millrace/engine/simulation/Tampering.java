package io.millrace.engine.simulation;

import io.millrace.engine.topology.LivingEngine;
import java.util.List;

/** The places at which a {@link Mutation} breaks a simulated system. Where it does not say so, all is as it should be. */
interface Tampering {
    /** None. */
    Tampering NONE = new Tampering() {};

    /** What the engine of a partition finds stored may be changed before it takes a record. */
    default void beforeTaking(SimulatedPartition partition, String key, Object record) {}

    /** The record that the engine takes instead of this one. */
    default Object taken(SimulatedPartition partition, String key, Object record) {
        return record;
    }

    /** What comes onto topics instead of what the engine has written. */
    default List<LivingEngine.Written> written(SimulatedPartition partition, List<LivingEngine.Written> all) {
        return all;
    }

    /** Whether what an aborted transaction has stored stays. */
    default boolean keepsWhatWasAborted() {
        return false;
    }

    /** Whether what an aborted transaction has written is read as if it were committed. */
    default boolean publishesWhatWasAborted() {
        return false;
    }

    /** Whether the engine stands still before a record that it cannot use. */
    default boolean stopsAtUnusable() {
        return false;
    }

    /** Whether such a record goes nowhere. */
    default boolean losesLetters() {
        return false;
    }

    /** What a worker's own clock shows instead. */
    default long nanos(long nanos) {
        return nanos;
    }

    /** Whether workers are told that a record is there only when the engine has taken it. */
    default boolean acknowledgesWhatIsTaken() {
        return false;
    }
}
