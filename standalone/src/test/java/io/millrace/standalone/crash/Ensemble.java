package io.millrace.standalone.crash;

import io.millrace.schemas.Namespace;
import io.millrace.standalone.crash.Troubles.Target;
import java.io.IOException;
import java.util.List;

/** A broker, two engines and two workers, each a process of its own, for tests that trouble all of them. */
final class Ensemble {
    private final Stage stage;
    private final Target broker;
    private final List<Target> engines;
    private final List<Target> workers;
    private final List<String> queues;

    private Ensemble(Children children, Stage stage, int port, List<String> queues) {
        this.stage = stage;
        this.queues = queues;
        this.broker = new Target("broker", () -> startBroker(children, port));
        this.engines = List.of(engine("engine-1"), engine("engine-2"));
        this.workers = List.of(worker("worker-1"), worker("worker-2"));
    }

    static Ensemble start(Children children, String namespace) throws IOException {
        return start(children, namespace, List.of(Stage.ALWAYS_THERE));
    }

    /** The workers take from all of these queues; the first one is the stage's. */
    static Ensemble start(Children children, String namespace, List<String> queues) throws IOException {
        int port = SharedServer.freePort();
        Stage stage = new Stage(children, "127.0.0.1:" + port, new Namespace(namespace), queues.get(0));
        return new Ensemble(children, stage, port, queues);
    }

    private static ChildProcess startBroker(Children children, int port) {
        return children.start(
                "broker",
                BrokerProgram.class,
                children.directory().resolve("kafka").toString(),
                Integer.toString(port));
    }

    private Target engine(String name) {
        return new Target(name, () -> stage.startEngine(name));
    }

    private Target worker(String name) {
        return new Target(name, () -> stage.startWorker(name, queues, GatedWorkflow.TYPE, Stage.LEASE));
    }

    Stage stage() {
        return stage;
    }

    Target broker() {
        return broker;
    }

    List<Target> engines() {
        return engines;
    }

    List<Target> workers() {
        return workers;
    }
}
