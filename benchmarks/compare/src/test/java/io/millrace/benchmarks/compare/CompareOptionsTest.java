package io.millrace.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.benchmarks.compare.systems.Contender;
import io.millrace.benchmarks.compare.systems.DbosContender;
import io.millrace.benchmarks.compare.systems.MillraceContender;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CompareOptionsTest {
    private static final List<Contender> ALL =
            List.of(new MillraceContender(false), new MillraceContender(true), new DbosContender(Path.of("."), true));

    @Command
    private static final class Parsed {
        @CommandLine.Mixin
        private CompareOptions options = new CompareOptions();
    }

    @Test
    void shouldDoAllWorksInFiveTurnsByDefault() {
        Plan plan = parse().plan();
        assertEquals(EnumSet.allOf(Work.class), plan.works());
        assertEquals(5, plan.scale().turns());
        assertEquals(List.of(1, 16, 64, 256, 1_024, 2_048), plan.scale().callers());
        assertEquals(10_000, plan.scale().backlog());
    }

    @Test
    void shouldDoWhatIsAskedFor() {
        Plan plan = parse("--quick", "--turns=3", "--works=one-step,drain", "--callers=8,32", "--warm-up=5")
                .plan();
        assertEquals(Set.of(Work.ONE_STEP, Work.DRAIN), plan.works());
        assertEquals(3, plan.scale().turns());
        assertEquals(List.of(8, 32), plan.scale().callers());
        assertEquals(Scale.QUICK.backlog(), plan.scale().backlog());
        assertEquals(5_000, plan.scale().warmUpMs());
    }

    @ParameterizedTest
    @CsvSource({
        "--turns=0, '--turns must be at least 1, not 0'",
        "--warm-up=0, '--warm-up must be 1 to 180, not 0'",
        "--works=ten-steps, '--works: there is no \"ten-steps\": there are one-step, five-steps, latency, step, drain'",
        "'--callers=1,4096', '--callers must be 1 to 2048, not 4096'"
    })
    void shouldSayWhatIsWrong(String argument, String message) {
        CompareOptions options = parse(argument);
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, options::plan).getMessage());
    }

    @Test
    void shouldKeepTheOrderOfTheSystemsThatAreAskedFor() {
        assertEquals(
                List.of("millrace", "dbos"),
                parse("--only=dbos,millrace").chosen(ALL).stream()
                        .map(Contender::name)
                        .toList());
        assertEquals(ALL, parse().chosen(ALL));
    }

    @Test
    void shouldNameTheSystemsWhenItDoesNotKnowOne() {
        CompareOptions options = parse("--only=dbos,temporal");
        String message = assertThrows(IllegalArgumentException.class, () -> options.chosen(ALL))
                .getMessage();
        assertEquals("--only knows millrace, millrace-fsync, dbos, and not temporal", message);
    }

    private static CompareOptions parse(String... arguments) {
        Parsed parsed = new Parsed();
        new CommandLine(parsed).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return parsed.options;
    }
}
