package io.millrace.standalone.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers that form a cluster. */
final class ClusterIT {
    private static final int MEMBERS = 3;

    @TempDir
    private Path directory;

    private final String clusterId = Uuid.randomUuid().toString();
    private final Map<Integer, Integer> controllerPorts = freePorts();

    ClusterIT() throws IOException {}

    @Test
    void shouldGoOnWithoutOneMemberAndTakeItBack() throws Exception {
        List<EmbeddedBroker> members = startAll();
        try {
            EmbeddedBroker first = members.get(0);
            BrokerClient client = new BrokerClient(members.get(2).bootstrapServers());
            client.createTopic(MEMBERS);
            client.write("a");
            first.close();
            client.write("b");
            members.set(0, start(1));
            assertEquals(clusterId, members.get(0).clusterId());
            members.get(1).close();
            client.write("c");
            assertEquals(List.of("a", "b", "c"), client.readCommitted(3));
        } finally {
            // All at once: the last one alone would wait for a controller that leads.
            CompletableFuture.allOf(members.stream()
                            .map(member -> CompletableFuture.runAsync(member::close))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    private List<EmbeddedBroker> startAll() {
        List<CompletableFuture<EmbeddedBroker>> starting = new ArrayList<>();
        for (int n = 1; n <= MEMBERS; n++) {
            int nodeId = n;
            starting.add(CompletableFuture.supplyAsync(() -> start(nodeId)));
        }
        return new ArrayList<>(starting.stream().map(CompletableFuture::join).toList());
    }

    private EmbeddedBroker start(int nodeId) {
        Map<Integer, String> controllers = new TreeMap<>();
        controllerPorts.forEach((node, port) -> controllers.put(node, "127.0.0.1:" + port));
        return EmbeddedBroker.start(BrokerConfig.in(directory.resolve("node-" + nodeId))
                .asMember(new ClusterMember(nodeId, clusterId, controllerPorts.get(nodeId), controllers)));
    }

    private static Map<Integer, Integer> freePorts() throws IOException {
        Map<Integer, Integer> ports = new TreeMap<>();
        List<ServerSocket> sockets = new ArrayList<>();
        for (int n = 1; n <= MEMBERS; n++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports.put(n, socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }
}
