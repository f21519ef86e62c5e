package io.millrace.standalone;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Parts that note what happens to them. */
final class FakeParts implements Parts {
    private final List<String> events = new ArrayList<>();

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
            public boolean isReady() {
                return ++asked > 2;
            }

            @Override
            public void close() {
                events.add("engine stopped");
            }
        };
    }

    @Override
    public Part startApi(Cluster cluster, ApiAddress address, BooleanSupplier engineReady) {
        events.add("API at " + address.url());
        return () -> events.add("API stopped");
    }

    @Override
    public Part startSampleWorker(Cluster cluster) {
        events.add("sample worker");
        return () -> events.add("sample worker stopped");
    }
}
