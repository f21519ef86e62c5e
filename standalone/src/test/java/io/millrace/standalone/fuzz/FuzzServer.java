package io.millrace.standalone.fuzz;

import static org.awaitility.Awaitility.await;

import io.millrace.schemas.Namespace;
import io.millrace.standalone.Main;
import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import io.millrace.standalone.crash.ChildProcess;
import io.millrace.standalone.crash.Children;
import io.millrace.standalone.crash.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A broker in this process, and engine and API in one of their own, whose memory can be looked at apart from all else. */
final class FuzzServer implements AutoCloseable {
    static final int PARTITIONS = 4;
    static final Namespace NAMESPACE = new Namespace("fuzz");

    private static final Duration START = Duration.ofSeconds(90);

    private final EmbeddedBroker broker;
    private final ChildProcess process;
    private final int port;

    private FuzzServer(EmbeddedBroker broker, ChildProcess process, int port) {
        this.broker = broker;
        this.process = process;
        this.port = port;
    }

    /** Returns when it is ready. */
    static FuzzServer start(Children children) throws IOException {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.ephemeral());
        int port = FreePorts.take(1).get(0);
        ChildProcess process = children.start(
                "server",
                Main.class,
                "server",
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--namespace",
                NAMESPACE.name(),
                "--port",
                Integer.toString(port),
                "--partitions",
                Integer.toString(PARTITIONS),
                "--replication-factor",
                "1",
                "--data",
                children.directory().resolve("state").toString());
        FuzzServer server = new FuzzServer(broker, process, port);
        await("the server to be ready").atMost(START).ignoreExceptions().until(server::isReady);
        return server;
    }

    boolean isReady() throws IOException, InterruptedException {
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return HttpClient.newHttpClient()
                        .send(ready, HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                == 200;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    int port() {
        return port;
    }

    ChildProcess process() {
        return process;
    }

    /** What it has logged as an error. */
    List<String> errors() throws IOException {
        try (Stream<String> lines = Files.lines(process.log())) {
            return lines.filter(line -> line.contains(" ERROR ")).toList();
        }
    }

    @Override
    public void close() {
        process.kill();
        broker.close();
    }
}
