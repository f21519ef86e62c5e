package io.millrace.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.benchmarks.load.mix.Variety;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.Start;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LoadCommandTest {
    @Test
    void shouldBeSelfContainedAndWithoutLimitsByDefault() {
        LoadPlan plan = plan();
        assertTrue(plan.selfContained());
        assertEquals(LoadPlan.Drain.AFTER, plan.drain());
        assertTrue(plan.declaresQueue());
        assertNull(plan.queue().settings().getConcurrency());
        assertNull(plan.queue().settings().getRateLimit());
        assertEquals(Optional.empty(), plan.rate());
        assertTrue(plan.probesBacklog());
        assertFalse(plan.startsUrgentOnes());
        assertEquals(
                "100,000 workflows of one step (0ms) on queue \"load\" (no settings), as fast as it goes, after 0 to warm up",
                plan.words());
    }

    @Test
    void shouldDeclareTheQueueAsTheOptionsSay() {
        LoadPlan plan = plan(
                "--queue=q --concurrency=20 --worker-concurrency=5 --rate-limit=100/1s --priorities=random --partition-keys=3");
        QueueSettings settings = plan.queue().settings();
        assertEquals("q", settings.getQueue());
        assertEquals(20, settings.getConcurrency());
        assertEquals(5, settings.getWorkerConcurrency());
        assertEquals(100, settings.getRateLimit().getPermits());
        assertEquals(1_000, settings.getRateLimit().getPeriodMs());
        assertTrue(settings.getPriorityEnabled());
        assertTrue(settings.getPartitioned());
        assertTrue(plan.startsUrgentOnes());
    }

    @Test
    void shouldGiveEachWorkflowWhatTheQueueAllows() {
        Starts limited = new Starts(plan("--priorities=9 --partition-keys=3"));
        Start start = limited.ofLoad(4);
        assertEquals(9, start.getPriority());
        assertEquals("key-1", start.getPartitionKey());
        assertEquals(1, limited.probe().getPriority());
        Start plain = new Starts(plan()).ofLoad(4);
        assertNull(plain.getPriority());
        assertNull(plain.getPartitionKey());
    }

    @Test
    void shouldLeaveTheQueueOfAnotherMillraceAsItIsUnlessToldOtherwise() {
        assertFalse(plan("--bootstrap-servers=kafka:9092").declaresQueue());
        assertTrue(plan("--bootstrap-servers=kafka:9092 --concurrency=3").declaresQueue());
    }

    @Test
    void shouldReadWhatHappensWhileItDrains() {
        LoadPlan plan =
                plan("--drain during --kill-worker-every 10s --add-worker-at 50% --rate 10000/s --workflows 1_000");
        assertEquals(LoadPlan.Drain.DURING, plan.drain());
        assertEquals(Optional.of(Duration.ofSeconds(10)), plan.killWorkerEvery());
        assertEquals(0.5, plan.addWorkerAt());
        assertEquals(1_000, plan.workflows());
        assertFalse(plan.probesBacklog());
    }

    @Test
    void shouldProbeASmallBacklogOnRequestOnly() {
        assertFalse(plan("--workflows 9999").probesBacklog());
        assertTrue(plan("--workflows 9999 --probe-backlog").probesBacklog());
        assertFalse(plan("--no-probe-backlog").probesBacklog());
        assertFalse(plan("--no-probe-backlog --priorities=5").startsUrgentOnes());
        assertTrue(plan("--drain=during").startsUrgentOnes());
    }

    @Test
    void shouldStartWorkflowsOfAllKindsWhereListsAreMeasured() {
        LoadPlan plan = plan("--probe-list --drain=none");
        assertFalse(plan.probesBacklog());
        Start delayed = new Starts(plan).ofLoad(0);
        Start other = new Starts(plan).ofLoad(7);
        assertNotNull(delayed.getDelayMs());
        assertNull(other.getDelayMs());
        assertEquals(Variety.type(7), other.getWorkflowType());
        assertEquals(Variety.queue(7), other.getQueue());
        assertEquals(Variety.customer(7), other.getAttributes().get("customer"));
        assertNull(new Starts(plan("--drain=none")).ofLoad(0).getDelayMs());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--workflows=0",
                "--workflows=many",
                "--workers=0",
                "--slots=0",
                "--in-flight=0",
                "--rate=fast",
                "--add-worker-at=120%",
                "--kill-worker-every=often",
                "--kill-worker-every=0s",
                "--priorities=low",
                "--partition-keys=-1",
                "--restart-engine --bootstrap-servers=kafka:9092",
                "--restart-engine --drain=during",
                "--probe-list",
                "--probe-list --drain=none --concurrency=3"
            })
    void shouldRefuseWhatCannotBeDone(String options) {
        assertThrows(IllegalArgumentException.class, () -> plan(options));
    }

    private static LoadPlan plan() {
        return plan("");
    }

    private static LoadPlan plan(String options) {
        LoadCommand command = new LoadCommand();
        new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(Arrays.stream(options.split(" "))
                        .filter(each -> !each.isEmpty())
                        .toArray(String[]::new));
        return command.plan();
    }
}
