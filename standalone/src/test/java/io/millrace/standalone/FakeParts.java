package io.millrace.standalone;

import io.millrace.engine.EngineHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Parts that note what happens to them. */
final class FakeParts implements Parts {
    private final List<String> events = new ArrayList<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    List<String> events() {
        return events;
    }

    @Override
    public Engine startEngine(EngineSettings settings) {
        events.add("engine on " + settings.cluster().namespace().name() + " with "
                + settings.newTopics().partitions() + " partitions");
        return new Engine() {
            private int asked;

            @Override
            public EngineHealth health() {
                return ++asked > 2
                        ? new EngineHealth(true, true, "ready")
                        : new EngineHealth(true, false, "the engine starts");
            }

            @Override
            public CompletableFuture<String> ended() {
                return ended;
            }

            @Override
            public void close() {
                events.add("engine stopped");
            }
        };
    }

    @Override
    public Part startApi(Cluster cluster, ApiAddress address, Supplier<EngineHealth> engine) {
        events.add("API at " + address.url());
        return () -> events.add("API stopped");
    }

    @Override
    public Worker startSampleWorker(Cluster cluster) {
        events.add("sample worker");
        return new Worker() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void close() {
                events.add("sample worker stopped");
            }
        };
    }

    @Override
    public Part startOperations(ApiAddress address, Supplier<EngineHealth> health) {
        events.add("metrics at " + address.url());
        return () -> events.add("metrics stopped");
    }
}
