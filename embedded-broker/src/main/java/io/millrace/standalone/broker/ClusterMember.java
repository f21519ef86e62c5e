package io.millrace.standalone.broker;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * One of several brokers that form a cluster, each of them broker and controller at once. All members are given the same cluster id and controllers at the
 * same node ids; the addresses may differ, where members reach each other by different ways.
 *
 * @param nodeId this member
 * @param clusterId what Kafka calls the cluster: 22 characters, as {@code kafka-storage random-uuid} makes them
 * @param controllerPort where this member's controller listens, on loopback only; {@link BrokerConfig#ANY_FREE_PORT} takes one that is free, and is for those who
 *     lead the addresses in {@code controllers} there
 * @param controllers by node id, this member's own among them, where this member reaches each controller, as {@code host:port}
 */
public record ClusterMember(int nodeId, String clusterId, int controllerPort, Map<Integer, String> controllers) {
    /** From so many members on, what is written has as many copies, and one member may be away while writes go on. */
    static final int COPIES = 3;

    /**
     * Checks that the member is one of the cluster's.
     *
     * @throws IllegalArgumentException if it is not
     */
    public ClusterMember {
        controllers = Map.copyOf(controllers);
        if (!controllers.containsKey(nodeId)) {
            throw new IllegalArgumentException(
                    "node " + nodeId + " is not among the controllers " + controllers + ": add its address");
        }
    }

    /** How many copies there are of everything. */
    int copies() {
        return Math.min(COPIES, controllers.size());
    }

    /** As Kafka writes it: {@code 1@host:port,2@host:port}. */
    String voters() {
        return controllers.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(controller -> controller.getKey() + "@" + controller.getValue())
                .collect(Collectors.joining(","));
    }
}
