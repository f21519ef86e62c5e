package io.millrace.standalone.security;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.EngineUnavailableException;
import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.MillraceClient;
import io.millrace.client.QueueDescription;
import io.millrace.client.QueueOptions;
import io.millrace.client.WorkflowFilter;
import io.millrace.client.WorkflowHandle;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.MillraceEngine;
import io.millrace.schemas.KafkaProperties;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkflowContext;
import io.millrace.worker.internal.transport.KafkaWorkerTransport;
import io.millrace.worker.internal.transport.WorkerTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted, authenticated, and with the access control lists of the handbook and no others. */
final class AuthorizedBrokerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration UNTIL_REFUSED = Duration.ofSeconds(20);
    private static final Map<String, String> PASSWORDS =
            Map.of("admin", "a1", "engine", "e2", "worker", "w3", "api", "p4");

    @TempDir
    private static Path directory;

    private static BrokerCertificate certificate;
    private static EmbeddedBroker broker;
    private static Admin admin;
    private static MillraceEngine engine;
    private static Worker worker;
    private static MillraceClient client;

    @BeforeAll
    static void start() throws Exception {
        certificate = BrokerCertificate.in(directory);
        broker = EmbeddedBroker.start(BrokerConfig.ephemeral()
                .with("ssl.keystore.type", "PKCS12")
                .with("ssl.keystore.location", certificate.keyStore())
                .with("ssl.keystore.password", certificate.password())
                .with("ssl.truststore.type", "PEM")
                .with("ssl.truststore.location", certificate.trusted())
                .withAuthorization("admin", PASSWORDS));
        admin = Admin.create(with("bootstrap.servers", broker.bootstrapServers(), connection("admin")));
        admin.createAcls(HandbookAcls.needed()).all().get();
        engine = MillraceEngine.start(engineConfig());
        await("the engine").atMost(PATIENCE).until(engine::isReady);
        worker = worker();
        worker.start();
        client = client(PATIENCE);
    }

    @AfterAll
    static void stop() {
        List.<AutoCloseable>of(client, worker, engine, admin, broker).forEach(AuthorizedBrokerIT::close);
    }

    @Test
    void shouldNeedNothingThatTheHandbookDoesNotSay() {
        WorkflowHandle<String> steps = client.start("steps", 3, String.class);
        assertEquals("0 1 2", steps.result(PATIENCE));

        WorkflowHandle<String> stays = client.start("stays", null, String.class);
        await().atMost(PATIENCE).until(() -> stays.status() == WorkflowStatus.RUNNING);
        stays.cancel();
        await().atMost(PATIENCE).until(() -> stays.status() == WorkflowStatus.CANCELLED);

        String fork = steps.fork(ForkOptions.from(FromStep.number(2))).workflowId();
        assertEquals("0 1 2", client.workflow(fork, String.class).result(PATIENCE));
        assertTrue(client.list(WorkflowFilter.all().type("steps")).workflows().size() >= 2);
        assertTrue(client.history(steps.workflowId()).count() > 1);

        client.setQueue("limited", QueueOptions.unlimited().concurrency(1));
        List<String> queues =
                client.queues().stream().map(QueueDescription::queue).toList();
        assertTrue(queues.containsAll(List.of("default", "limited")), queues.toString());
    }

    @Test
    void shouldNotLetWorkersGiveCommandsOrReadOthersResults() {
        assertRefusedToWrite("worker", Topic.COMMANDS);
        assertRefusedToWrite("worker", Topic.STATUS);
        assertRefusedToWrite("worker", Topic.INBOX);
        assertRefusedToWrite("api", Topic.EVENTS);
        assertRefusedToWrite("api", Topic.STATUS);
    }

    @Test
    void shouldNotLetClientsInWithoutAnyOneOfTheirPermissions() throws Exception {
        // The last one is for the list of workers, for which a client connects only when it is asked.
        List<AclBinding> clients = aclsOf("api").stream()
                .filter(acl -> !acl.pattern().name().equals("millrace.workers"))
                .toList();
        assertEquals(5, clients.size());
        for (AclBinding acl : clients) {
            without(acl, () -> assertThrows(
                    EngineUnavailableException.class,
                    () -> client(Duration.ofSeconds(5)).close(),
                    () -> "without " + acl));
        }
        client(PATIENCE).close();
    }

    @Test
    void shouldNotLetWorkersInWithoutAnyOneOfTheirPermissions() throws Exception {
        List<AclBinding> workers = aclsOf("worker");
        assertEquals(4, workers.size());
        for (AclBinding acl : workers) {
            without(acl, () -> assertThrows(
                    TopicAuthorizationException.class,
                    () -> connectWorker().close(Duration.ZERO),
                    () -> "without " + acl));
        }
        connectWorker().close(Duration.ZERO);
    }

    @Test
    void shouldNotLetAnEngineStartThatMayNotLookAtItsTopics() throws Exception {
        for (AclBinding acl : aclsOf("engine")) {
            if (acl.entry().operation() == AclOperation.DESCRIBE_CONFIGS) {
                without(acl, () -> {
                    String message = assertThrows(RuntimeException.class, () -> MillraceEngine.start(engineConfig()))
                            .getMessage();
                    assertTrue(message.contains("cannot be provided"), message);
                });
            }
        }
    }

    @Test
    void shouldRefuseAWrongPasswordWithoutRepeatingIt() {
        Map<String, String> wrong = new HashMap<>(connection("api"));
        wrong.replace("sasl.jaas.config", login("api", "NotThePassword"));

        EngineUnavailableException error = assertThrows(EngineUnavailableException.class, () -> MillraceClient.builder()
                .kafkaProperties(wrong)
                .connectTimeout(UNTIL_REFUSED)
                .connect(broker.bootstrapServers()));

        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            assertFalse(cause.toString().contains("NotThePassword"), cause.toString());
        }
    }

    private static void assertRefusedToWrite(String user, Topic topic) {
        Map<String, Object> settings = with("bootstrap.servers", broker.bootstrapServers(), connection(user));
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            ProducerRecord<String, String> forged = new ProducerRecord<>(Namespace.DEFAULT.topic(topic), "key", "value");
            ExecutionException refused =
                    assertThrows(ExecutionException.class, () -> producer.send(forged).get(), user + " to " + topic);
            assertInstanceOf(TopicAuthorizationException.class, refused.getCause());
        }
    }

    private interface Attempt {
        void make() throws Exception;
    }

    /** Takes one permission away for as long as the attempt takes. */
    private static void without(AclBinding acl, Attempt attempt) throws Exception {
        admin.deleteAcls(List.of(acl.toFilter())).all().get();
        try {
            attempt.make();
        } finally {
            admin.createAcls(List.of(acl)).all().get();
        }
    }

    private static List<AclBinding> aclsOf(String user) {
        return HandbookAcls.needed().stream()
                .filter(acl -> acl.entry().principal().equals("User:" + user))
                .toList();
    }

    private static EngineConfig engineConfig() throws IOException {
        return EngineConfig.builder()
                .bootstrapServers(broker.bootstrapServers())
                .stateDir(directory.resolve("engine"))
                .partitions(2)
                .replicationFactor(1)
                .kafka(fromFile("engine"))
                .build();
    }

    private static Worker worker() {
        return Worker.builder(broker.bootstrapServers())
                .kafka(connection("worker"))
                .workflow("steps", Integer.class, AuthorizedBrokerIT::steps)
                .workflow("stays", String.class, AuthorizedBrokerIT::stay)
                .lease(Duration.ofSeconds(5))
                .build();
    }

    /** What a worker does first, and again and again until it succeeds. */
    private static WorkerTransport connectWorker() {
        return KafkaWorkerTransport.factory(
                        Namespace.DEFAULT,
                        with("bootstrap.servers", broker.bootstrapServers(), connection("worker")),
                        Duration.ofSeconds(5))
                .open();
    }

    private static MillraceClient client(Duration connectTimeout) {
        return MillraceClient.builder()
                .kafkaProperties(connection("api"))
                .issuer("api")
                .requestTimeout(PATIENCE)
                .connectTimeout(connectTimeout)
                .connect(broker.bootstrapServers());
    }

    private static String steps(WorkflowContext ctx, int count) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int number = i;
            all.append(i == 0 ? "" : " ").append(ctx.step("step", Integer.class, () -> number));
        }
        return all.toString();
    }

    private static String stay(WorkflowContext ctx, String nothing) {
        ctx.sleep(Duration.ofHours(1));
        return "left";
    }

    /** As {@code --kafka-config} reads it. */
    private static Map<String, String> fromFile(String user) throws IOException {
        StringBuilder lines = new StringBuilder();
        connection(user).forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
        return KafkaProperties.read(Files.writeString(directory.resolve(user + ".properties"), lines));
    }

    private static Map<String, String> connection(String user) {
        return Map.of(
                "security.protocol", "SASL_SSL",
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", certificate.trusted(),
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", login(user, PASSWORDS.get(user)));
    }

    private static String login(String user, String password) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                + password + "\";";
    }

    private static Map<String, Object> with(String name, String value, Map<String, String> others) {
        Map<String, Object> all = new HashMap<>(others);
        all.put(name, value);
        return all;
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException(part + " did not close", e);
        }
    }
}
