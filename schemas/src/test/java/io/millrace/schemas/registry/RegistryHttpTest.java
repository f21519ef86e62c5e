package io.millrace.schemas.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Failure;
import io.millrace.schemas.registry.SchemaRegistryException.Kind;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryHttpTest {
    private final FakeRegistry registry = new FakeRegistry();
    private final FakeRegistry other = new FakeRegistry();
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void stop() {
        released.countDown();
        registry.close();
        other.close();
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Kind failure(SchemaRegistryClient client) {
        return assertThrows(SchemaRegistryException.class, () -> client.register("s", Failure.SCHEMA$))
                .kind();
    }

    private SchemaRegistryClient clientOfBoth() {
        return FakeRegistry.client(Map.of("schema.registry.url", registry.url() + "," + other.url()));
    }

    /** 0 hangs up. */
    @ParameterizedTest
    @ValueSource(ints = {0, 408, 429, 500, 502, 503, 504})
    void shouldTryAgainWhatMaySucceedLater(int status) {
        registry.then(status, "{}").then(status, "");

        assertEquals(7, registry.client().register("s", Failure.SCHEMA$));
        assertEquals(3, registry.requests().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404, 405, 409, 413, 422})
    void shouldNotTryAgainWhatStaysAsItIs(int status) {
        registry.then(status, "{}");

        assertEquals(status == 404 ? Kind.NOT_FOUND : Kind.REFUSED, failure(registry.client()));
        assertEquals(1, registry.requests().size());
    }

    @Test
    void shouldGiveUpAfterTheConfiguredRetries() {
        registry.otherwise(503, "{}");

        assertEquals(
                Kind.UNAVAILABLE,
                failure(FakeRegistry.client(Map.of("schema.registry.url", registry.url(), "max.retries", "2"))));
        assertEquals(3, registry.requests().size());
    }

    @Test
    void shouldGoToTheNextServerAndStayThere() {
        registry.otherwise(503, "{}");
        SchemaRegistryClient client = clientOfBoth();

        assertEquals(7, client.register("a", Failure.SCHEMA$));
        assertEquals(7, client.register("b", Failure.SCHEMA$));

        assertEquals(1, registry.requests().size());
        assertEquals(2, other.requests().size());
    }

    @Test
    void shouldGoToTheNextServerWhenOneIsGone() {
        registry.close();

        assertEquals(7, clientOfBoth().register("a", Failure.SCHEMA$));
    }

    @Test
    void shouldComeBackWhenTheOtherServerIsGone() {
        registry.then(503, "{}");
        SchemaRegistryClient client = clientOfBoth();
        client.register("a", Failure.SCHEMA$);
        other.otherwise(503, "{}");

        assertEquals(7, client.register("b", Failure.SCHEMA$));
        assertEquals(2, registry.requests().size());
    }

    @Test
    void shouldNotAskTheOtherServerForWhatOneRefuses() {
        registry.then(409, "{}");

        assertEquals(Kind.REFUSED, failure(clientOfBoth()));
        assertEquals(0, other.requests().size());
    }

    @Test
    void shouldNotWaitForeverForAnAnswer() {
        registry.beforeReply(this::awaitRelease);

        assertEquals(
                Kind.UNAVAILABLE,
                failure(FakeRegistry.client(Map.of(
                        "schema.registry.url", registry.url(), "http.read.timeout.ms", "50", "max.retries", "0"))));
    }

    @Test
    void shouldEndEarlyWhenInterrupted() {
        registry.beforeReply(this::awaitRelease);
        Thread.currentThread().interrupt();

        assertEquals(Kind.UNAVAILABLE, failure(registry.client()));
        assertTrue(Thread.interrupted(), "the interrupt must stay visible");
    }
}
