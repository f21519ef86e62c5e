package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.QueueOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueTest extends CliTest {
    @Test
    void shouldDeclareAQueueAndSayWhatItIsNow() {
        assertEquals(
                0,
                queue(
                        "set",
                        "shop 1",
                        "--concurrency",
                        "10",
                        "--worker-concurrency",
                        "2",
                        "--rate",
                        "100/PT1S",
                        "--priorities",
                        "--partitioned",
                        "--partition-concurrency",
                        "1",
                        "--partition-rate",
                        "5/1m30s"));

        assertEquals(
                QueueOptions.unlimited()
                        .concurrency(10)
                        .workerConcurrency(2)
                        .rateLimit(100, Duration.ofSeconds(1))
                        .priorities()
                        .partitionConcurrency(1)
                        .partitionRateLimit(5, Duration.ofSeconds(90)),
                options("shop 1"));
        assertPrinted("concurrency           10");
        assertPrinted("rateLimit             100/1s");
        assertPrinted("partitionRateLimit    5/1m30s");
        assertPrinted("updatedBy");
    }

    @Test
    void shouldChangeOnlyWhatIsNamed() {
        queue("set", "q", "--concurrency", "10", "--rate", "100/1s", "--priorities", "--partition-concurrency", "1");

        assertEquals(0, queue("set", "q", "--concurrency", "3", "--no-priorities"));
        assertEquals(
                QueueOptions.unlimited()
                        .concurrency(3)
                        .rateLimit(100, Duration.ofSeconds(1))
                        .partitionConcurrency(1),
                options("q"));
        assertEquals(0, queue("set", "q", "--rate", "none", "--partition-concurrency", "none"));
        assertEquals(QueueOptions.unlimited().concurrency(3).partitioned(), options("q"));
        assertEquals(0, queue("set", "q", "--partition-rate", "5/2d12h"));
        assertEquals(0, queue("set", "q", "--no-partitioned"));
        assertEquals(QueueOptions.unlimited().concurrency(3), options("q"));
        assertEquals(0, queue("set", "q", "--unlimited", "--priorities"));
        assertEquals(QueueOptions.unlimited().priorities(), options("q"));
        reset();
        assertEquals(0, queue("set", "q", "--unlimited", "-o", "json"));
        assertEquals(QueueOptions.unlimited(), options("q"));
        assertTrue(out.toString().startsWith("{\"queue\":\"q\",\"priorityEnabled\":false"), out.toString());
    }

    @Test
    void shouldSayWhyAQueueWasNotSet() {
        engine.refuseQueues("there are too many queues");

        assertEquals(1, queue("set", "q", "--concurrency", "1"));
        assertNoted("millrace: the settings of queue \"q\" were rejected: there are too many queues");
        reset();
        assertEquals(1, queue("set", "q", "--worker-concurrency", "0"));
        assertNoted("workerConcurrency must be 1 to");
        engine.fallSilent();
        reset();
        assertEquals(1, queue("set", "q", "--concurrency", "1"));
        assertNoted("no engine answered");
    }

    @Test
    void shouldListQueues() {
        start("a", "b");
        queue("set", "shop", "--concurrency", "4", "--rate", "5/10m", "--partition-concurrency", "1");
        reset();

        assertEquals(0, queue("list"));

        assertTrue(
                out.toString().lines().findFirst().orElseThrow().startsWith("QUEUE    WAITING  RUNNING  SLOTS  OLDEST"),
                out.toString());
        assertTrue(
                out.toString()
                        .lines()
                        .anyMatch(line -> line.matches("default  2        0               \\S+ .*none +a worker")),
                out.toString());
        assertPrinted("4 at once, 5/10m, partitioned (each key 1 at once)");
        reset();
        assertEquals(0, queue("list", "-o", "json"));
        assertPrinted("{\"items\":[{\"queue\":\"default\"");
    }

    @Test
    void shouldShowOneQueue() {
        start("a");

        assertEquals(0, queue("get", "default"));
        assertPrinted("depth             1");
        assertPrinted("waitingFor        a worker");
        reset();
        assertEquals(0, queue("get", "default", "-o", "json"));
        assertPrinted("\"depth\":1");
        reset();
        assertEquals(1, queue("get", "un known"));
        assertNoted("millrace: there is no queue \"un known\"");
        assertNoted("See which there are: millrace queue list --server");
        assertEquals(1, queue("workflows", "unknown"));
    }

    @Test
    void shouldListWhatWaits() {
        start("a", "b", "c");
        engine.workflow("c").setPriority(1);
        engine.workflow("c").setPartitionKey("tenant 7");

        assertEquals(0, queue("workflows", "default", "--limit", "2"));
        assertTrue(
                out.toString().lines().toList().get(0).matches("POSITION  WORKFLOW  TYPE  PRIORITY  KEY +AGE"),
                out.toString());
        assertTrue(
                out.toString().lines().toList().get(1).startsWith("1         c         t     1         tenant 7  "),
                out.toString());
        assertTrue(
                out.toString().lines().toList().get(2).startsWith("2         a         t     100  "), out.toString());
        assertNoted("There are more: --all, or --cursor ");
        String cursor = err.toString().strip().replaceAll(".* ", "");
        reset();
        assertEquals(0, queue("workflows", "default", "--limit", "2", "--cursor", cursor));
        assertPrinted("3         b ");
        assertEquals("", err.toString());
        reset();
        assertEquals(0, queue("workflows", "default", "--partition-key", "tenant 7", "-o", "json"));
        assertPrinted("{\"items\":[{\"position\":1,\"workflowId\":\"c\"");
    }

    @Test
    void shouldListAllThatWaitHoweverMany() {
        start(IntStream.range(0, 520).mapToObj(number -> "w-" + number).toArray(String[]::new));

        assertEquals(0, queue("workflows", "default", "--all"));
        assertEquals(521, out.toString().lines().count());
        assertPrinted("520       w-");
        reset();
        assertEquals(0, queue("workflows", "default", "--all", "-o", "json"));
        assertTrue(out.toString().startsWith("[{\"position\":1,"), out.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "set                                              | Missing required parameter",
                "set q                                            | say what to set",
                "set q --concurrency many                         | neither a whole number nor none",
                "set q --rate 100                                 | no rate: write it as 100/1s",
                "set q --rate /1s                                 | no rate",
                "set q --rate 100/soon                            | no rate",
                "set q --no-partitioned --partition-rate 1/1s     | does not go together",
                "get                                              | Missing required parameter",
                "workflows                                        | Missing required parameter",
                "workflows q --all --limit 3                      | does not go together",
                "list --limit 3                                   | Unknown option",
            })
    void shouldExitWith2OnWrongUsage(String arguments, String complaint) {
        assertEquals(2, queue(arguments.strip().split(" +")));

        assertNoted(complaint);
        assertNull(engine.queueSettings("q"));
    }

    @Test
    void shouldSayWhatEachVerbDoes() {
        assertEquals(0, execute("queue", "set", "--help"));
        assertPrinted("millrace queue set shop --concurrency 10 --rate 100/1s");
        assertPrinted("--[no-]priorities");
        assertEquals(0, execute("queue", "workflows", "--help"));
        assertEquals(2, execute("queue"));
        assertNoted("say what to do: list, get, set, workflows");
    }

    @Test
    void shouldWriteDurationsAsTheyAreRead() {
        Durations durations = new Durations();
        for (String text : new String[] {"1s", "1m30s", "10m", "1h30m", "2d", "2d12h", "PT0.5S", "PT26H1M"}) {
            Duration duration = durations.convert(text);
            assertEquals(duration, durations.convert(Durations.exact(duration)), text);
        }
        assertEquals("2d12h", Durations.exact(Duration.ofHours(60)));
        assertEquals("PT0.25S", Durations.exact(Duration.ofMillis(250)));
        assertEquals("0s", Durations.text(Duration.ofMillis(250)));
        assertEquals("1d", Durations.text(Duration.ofHours(24).plusMinutes(3)));
    }

    private QueueOptions options(String queue) {
        return QueueOptions.of(Objects.requireNonNull(engine.queueSettings(queue)));
    }
}
