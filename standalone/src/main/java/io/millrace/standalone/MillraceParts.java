package io.millrace.standalone;

import io.millrace.api.ApiConfig;
import io.millrace.api.ApiServer;
import io.millrace.api.Readiness;
import io.millrace.client.MillraceClient;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.MillraceEngine;
import io.millrace.standalone.sample.SampleWorker;
import java.util.function.BooleanSupplier;

/** The real parts. */
final class MillraceParts implements Parts {
    @Override
    public Engine startEngine(EngineSettings settings) {
        Cluster cluster = settings.cluster();
        MillraceEngine engine = MillraceEngine.start(EngineConfig.builder()
                .bootstrapServers(cluster.bootstrapServers())
                .namespace(cluster.namespace())
                .instanceId(settings.instanceId())
                .stateDir(settings.stateDirectory())
                .partitions(settings.newTopics().partitions())
                .replicationFactor(settings.newTopics().replicationFactor())
                .standbyReplicas(settings.capacity().standbyReplicas())
                .streamThreads(settings.capacity().streamThreads())
                .kafka(cluster.kafka())
                .build());
        return new Engine() {
            @Override
            public boolean isReady() {
                return engine.isReady();
            }

            @Override
            public void close() {
                engine.close();
            }
        };
    }

    @Override
    public Part startApi(Cluster cluster, ApiAddress address, BooleanSupplier engineReady) {
        MillraceClient client = MillraceClient.builder()
                .namespace(cluster.namespace().name())
                .kafkaProperties(cluster.kafka())
                .issuer("control-api")
                .connect(cluster.bootstrapServers());
        try {
            ApiConfig config = ApiConfig.defaults()
                    .withHost(address.host())
                    .withPort(address.port())
                    .withAccess(address.access());
            ApiServer server = ApiServer.start(config, client, () -> readiness(engineReady.getAsBoolean()));
            return () -> {
                server.close();
                client.close();
            };
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public Part startSampleWorker(Cluster cluster) {
        SampleWorker worker = SampleWorker.start(cluster.bootstrapServers(), cluster.namespace(), cluster.kafka());
        return worker::close;
    }

    private static Readiness readiness(boolean engineReady) {
        return engineReady ? Readiness.yes() : Readiness.notYet("the engine restores its state");
    }
}
