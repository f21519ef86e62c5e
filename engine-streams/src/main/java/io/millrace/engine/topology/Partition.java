package io.millrace.engine.topology;

import io.millrace.schemas.KeyPartition;

/**
 * One of the namespace's partitions, and which workflows are its own. Producers choose the partition, and not all do so by the
 * same function: one that did not would start a second workflow of an id that another partition has.
 *
 * @param number from 0
 * @param count how many there are
 */
record Partition(int number, int count) {
    boolean owns(String workflowId) {
        return home(workflowId) == number;
    }

    /** Why a record is refused here, in words for its sender. */
    String objectionTo(String workflowId) {
        return "the record is on partition " + number + ", and workflow \"" + workflowId + "\" belongs on "
                + home(workflowId)
                + ": use the partitioner of Kafka's Java client (murmur2 of the key), which librdkafka"
                + " calls murmur2_random";
    }

    private int home(String workflowId) {
        return KeyPartition.of(workflowId, count);
    }
}
