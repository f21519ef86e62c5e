package io.millrace.standalone.crash;

import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.BrokerConfig.Listener;
import io.millrace.standalone.broker.ClusterMember;
import io.millrace.standalone.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** One broker of a cluster, in a process of its own. */
public final class BrokerProgram {
    private static final String DATA = "data";
    private static final String NODE = "node";
    private static final String CLUSTER = "cluster";
    private static final String CONTROLLER_PORT = "controller.port";
    private static final String CONTROLLER = "controller.address.";
    private static final String LISTENER = "listener.";

    private BrokerProgram() {}

    /** Writes down what the program is to be told. */
    static void write(Path file, Path data, ClusterMember member, Map<String, Listener> listeners) throws IOException {
        Properties settings = new Properties();
        settings.setProperty(DATA, data.toString());
        settings.setProperty(NODE, Integer.toString(member.nodeId()));
        settings.setProperty(CLUSTER, member.clusterId());
        settings.setProperty(CONTROLLER_PORT, Integer.toString(member.controllerPort()));
        member.controllers().forEach((node, address) -> settings.setProperty(CONTROLLER + node, address));
        listeners.forEach((name, listener) ->
                settings.setProperty(LISTENER + name, listener.port() + " " + listener.advertised()));
        try (OutputStream output = Files.newOutputStream(file)) {
            settings.store(output, null);
        }
    }

    /** The file that {@link #write} wrote. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Properties settings = new Properties();
        try (InputStream input = Files.newInputStream(Path.of(args[0]))) {
            settings.load(input);
        }
        EmbeddedBroker.start(config(settings));
        System.out.println("broker " + settings.getProperty(NODE) + " has started");
        new CountDownLatch(1).await();
    }

    private static BrokerConfig config(Properties settings) {
        Map<Integer, String> controllers = new TreeMap<>();
        BrokerConfig config = BrokerConfig.in(Path.of(settings.getProperty(DATA)));
        for (String name : settings.stringPropertyNames()) {
            if (name.startsWith(CONTROLLER)) {
                int node = Integer.parseInt(name.substring(CONTROLLER.length()));
                controllers.put(node, settings.getProperty(name));
            } else if (name.startsWith(LISTENER)) {
                String[] portAndAddress = settings.getProperty(name).split(" ");
                config = config.withListener(
                        name.substring(LISTENER.length()),
                        new Listener(Integer.parseInt(portAndAddress[0]), portAndAddress[1]));
            }
        }
        return config.asMember(new ClusterMember(
                Integer.parseInt(settings.getProperty(NODE)),
                settings.getProperty(CLUSTER),
                Integer.parseInt(settings.getProperty(CONTROLLER_PORT)),
                controllers));
    }
}
