package io.millrace.standalone;

import io.millrace.api.ApiConfig;
import io.millrace.api.ApiServer;
import io.millrace.api.Operations;
import io.millrace.api.OperationsServer;
import io.millrace.api.Readiness;
import io.millrace.client.MillraceClient;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.EngineHealth;
import io.millrace.engine.MillraceEngine;
import io.millrace.standalone.metrics.EngineGauges;
import io.millrace.standalone.metrics.EngineMetrics;
import io.millrace.standalone.metrics.KafkaMetrics;
import io.millrace.standalone.metrics.WorkerMetrics;
import io.millrace.standalone.sample.SampleWorker;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The real parts. What they measure is in one registry, because they are one process. */
final class MillraceParts implements Parts {
    private final PrometheusRegistry metrics = new PrometheusRegistry();

    MillraceParts() {
        JvmMetrics.builder().register(metrics);
    }

    @Override
    public Engine startEngine(EngineSettings settings) {
        Cluster cluster = settings.cluster();
        MillraceEngine engine = MillraceEngine.start(
                EngineConfig.builder()
                        .bootstrapServers(cluster.bootstrapServers())
                        .namespace(cluster.namespace())
                        .instanceId(settings.instanceId())
                        .stateDir(settings.stateDirectory())
                        .partitions(settings.newTopics().partitions())
                        .replicationFactor(settings.newTopics().replicationFactor())
                        .standbyReplicas(settings.capacity().standbyReplicas())
                        .streamThreads(settings.capacity().streamThreads())
                        .retention(settings.retention())
                        .kafka(cluster.kafka())
                        .build(),
                new EngineMetrics(metrics));
        EngineGauges.register(metrics, engine::health, engine::readings);
        new KafkaMetrics(engine::kafkaMetrics, cluster.namespace().name()).register(metrics);
        return new Engine() {
            @Override
            public EngineHealth health() {
                return engine.health();
            }

            @Override
            public CompletableFuture<String> ended() {
                return engine.ended();
            }

            @Override
            public void close() {
                engine.close();
            }
        };
    }

    @Override
    public Part startApi(Cluster cluster, ApiAddress address, Supplier<EngineHealth> engine) {
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
            ApiServer server = ApiServer.start(config, client, operations(engine));
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
    public Worker startSampleWorker(Cluster cluster) {
        SampleWorker worker = SampleWorker.start(
                cluster.bootstrapServers(), cluster.namespace(), cluster.kafka(), new WorkerMetrics(metrics));
        return new Worker() {
            @Override
            public boolean isReady() {
                return worker.isReady();
            }

            @Override
            public void close() {
                worker.close();
            }
        };
    }

    @Override
    public Part startOperations(ApiAddress address, Supplier<EngineHealth> health) {
        OperationsServer server = OperationsServer.start(address.host(), address.port(), operations(health));
        return server::close;
    }

    private Operations operations(Supplier<EngineHealth> health) {
        return new Operations(
                () -> readiness(health.get(), EngineHealth::live),
                () -> readiness(health.get(), EngineHealth::ready),
                metrics);
    }

    /** Verdict and reason are of the same moment. */
    private static Readiness readiness(EngineHealth health, Predicate<EngineHealth> verdict) {
        return new Readiness(verdict.test(health), health.detail());
    }
}
