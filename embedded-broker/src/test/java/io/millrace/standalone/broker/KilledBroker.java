package io.millrace.standalone.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;

/** A broker in a process of its own, made to be killed, or to stand still. */
final class KilledBroker implements AutoCloseable {
    private final Process process;
    private final String bootstrapServers;

    private KilledBroker(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    static KilledBroker start(Path dataDirectory) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(List.of(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledBroker.class.getName(),
                        dataDirectory.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the broker's process ended without starting one");
        }
        return new KilledBroker(process, line);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    long pid() {
        return process.pid();
    }

    /** It gets no processor for so long, as on a machine that is asked too much of. */
    void standStill(Duration length) throws IOException, InterruptedException {
        signal("STOP");
        long until = System.nanoTime() + length.toNanos();
        Awaitility.await().atMost(length.multipliedBy(2)).until(() -> System.nanoTime() > until);
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Sends SIGKILL, and returns when the process is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** The process itself. */
    public static void main(String[] args) throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(Path.of(args[0])));
        System.out.println(broker.bootstrapServers());
        new CountDownLatch(1).await();
    }
}
