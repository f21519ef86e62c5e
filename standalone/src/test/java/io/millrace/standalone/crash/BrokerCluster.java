package io.millrace.standalone.crash;

import static org.awaitility.Awaitility.await;

import io.millrace.standalone.broker.BrokerConfig.Listener;
import io.millrace.standalone.broker.ClusterMember;
import io.millrace.standalone.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Three brokers, each broker and controller at once and a process of its own. A broker has one listener for each party that may be cut off alone, which
 * advertises that party's door to it; the brokers themselves have one in common for copies, and each pair of controllers a door.
 */
final class BrokerCluster {
    static final int BROKERS = 3;

    /** Who the brokers are to each other. Their doors in common are disturbed only together with the one they lead to. */
    private static final String PEERS = "brokers";

    private final Children children;
    private final String clusterId = Uuid.randomUuid().toString();
    private final List<Member> members = new ArrayList<>();

    /** One broker, and what it is told; its ports are others whenever it starts. */
    private final class Member {
        private final int node;
        private final Map<String, String> doors = new LinkedHashMap<>();
        private final Map<Integer, String> controllers = new TreeMap<>();
        private volatile Map<String, Integer> ports = Map.of();
        private volatile @Nullable ChildProcess process;

        Member(int node) {
            this.node = node;
        }

        String name() {
            return "broker-" + node;
        }

        Optional<Integer> port(String listener) {
            ChildProcess now = process;
            return now != null && now.isAlive() ? Optional.ofNullable(ports.get(listener)) : Optional.empty();
        }

        ChildProcess start() {
            try {
                process = null;
                Map<String, Integer> fresh = new LinkedHashMap<>();
                List<Integer> free = FreePorts.take(doors.size() + 1);
                fresh.put(EmbeddedBroker.CONTROLLER, free.get(0));
                for (String listener : doors.keySet()) {
                    fresh.put(listener, free.get(fresh.size()));
                }
                ports = fresh;
                Path settings = children.directory().resolve(name() + ".properties");
                Map<String, Listener> listeners = new LinkedHashMap<>();
                doors.forEach((listener, door) -> listeners.put(listener, new Listener(fresh.get(listener), door)));
                BrokerProgram.write(
                        settings,
                        children.directory().resolve(name()),
                        new ClusterMember(node, clusterId, free.get(0), controllers),
                        listeners);
                ChildProcess started = children.start(name(), BrokerProgram.class, settings.toString());
                process = started;
                return started;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Opens the doors; starts nothing. */
    BrokerCluster(Children children, Network network, List<String> parties) {
        this.children = children;
        for (int node = 1; node <= BROKERS; node++) {
            members.add(new Member(node));
        }
        for (Member to : members) {
            to.doors.put(EmbeddedBroker.CLIENTS, open(network, PEERS, to, EmbeddedBroker.CLIENTS));
            for (String party : parties) {
                to.doors.put(listener(party), open(network, party, to, listener(party)));
            }
            for (Member from : members) {
                from.controllers.put(to.node, open(network, from.name(), to, EmbeddedBroker.CONTROLLER));
            }
        }
    }

    private static String open(Network network, String from, Member to, String listener) {
        return network.open(from, to.name(), () -> to.port(listener));
    }

    private static String listener(String party) {
        return party.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    }

    /** Starts all of them, each as something that can be troubled. */
    List<Target> start(Network network) {
        return members.stream()
                .map(member -> new Target(member.name(), member::start, network))
                .toList();
    }

    /** Where a party finds the brokers. */
    String bootstrapServers(String party) {
        return members.stream().map(member -> member.doors.get(listener(party))).collect(Collectors.joining(","));
    }

    /** Waits until all of them are there for a party. */
    void awaitAll(String party) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers(party)))) {
            await("all brokers to be there")
                    .atMost(Stage.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> admin.describeCluster().nodes().get().size() == BROKERS);
        }
    }
}
