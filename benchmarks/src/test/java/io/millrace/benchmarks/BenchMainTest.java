package io.millrace.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.benchmarks.command.Program;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What users are told whose command line is wrong: all of it before anything is started. */
class BenchMainTest {
    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bench --callers=0           | --callers must be at least 1, not 0",
                "bench --slots=-1            | --slots must be at least 0, not -1",
                "bench --payload-bytes=1     | --payload-bytes must be at least 2, not 1",
                "bench --namespace=a/b       | --namespace: namespace \"a/b\" is not usable: 1 to 100 letters, digits,",
                "bench --callers=many        | Invalid value for option '--callers': 'many' is not an int",
                "bench --mode=lazy           | Invalid value for option '--mode': expected one of [DISPATCHED, EAGER]",
                "load --workflows=0          | --workflows: \"0\" is not a number from 1 to 100,000,000",
                "load --rate=fast            | --rate: \"fast\" is not a rate: write it as 10000/s, 100/1s or 5/250ms",
                "load --rate-limit=99999999999/s | --rate-limit: \"99999999999/s\" is not a rate",
                "load --step-time=9ms..1ms   | --step-time: \"9ms..1ms\" ends before it begins",
                "load --priorities=urgent    | --priorities: \"urgent\" is not a priority: random, or one from 1",
                "load --add-worker-at=120%   | --add-worker-at: \"120%\" is not a part from 0% to 100%",
                "load --concurrency=0        | --concurrency must be at least 1, not 0",
                "load --partition-concurrency=3 | --partition-concurrency is of each key: it needs --partition-keys",
                "load --drain=none --kill-worker-every=1s | --drain none has no workers",
                "load --engine-heap=much     | --engine-heap must be a size as Java takes it, such as 768m or 2g, not \"much\"",
                "load --json=/nowhere/at/all | --json: there is no directory /nowhere/at to write to",
                "soak --minutes=0            | --minutes must be at least 1, not 0",
                "soak --load=1.5             | --load must be above 0 and at most 1, not 1.5",
                "soak --retention=short      | --retention: \"short\" is not a time: write it as 250ms, 10s or 5m",
                "soak --worker-change-every=0s | --worker-change-every must be longer than nothing, not 0s",
                "soak --partitions=0         | --partitions must be at least 1, not 0",
                "scenario unheard-of         | there is no scenario \"unheard-of\": there are step-growth, recovery,",
                "scenario drain --turns=0    | --turns must be at least 1, not 0",
                "scenario drain --svg=x      | Unknown option: '--svg=x'",
                "scenario                    | Missing required parameter: 'NAME'"
            })
    void shouldSayInASentenceWhatIsWrong(String arguments, String sentence) {
        Said said = run(arguments.split(" "));

        assertEquals(2, said.code(), said.text());
        assertTrue(said.text().startsWith("millrace " + arguments.split(" ")[0] + ": " + sentence), said.text());
        assertTrue(said.text().lines().count() <= 3, said.text());
    }

    @Test
    void shouldRefuseADataDirectoryThatIsAFile() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        Said said = run("scenario", "drain", "--data=" + file);

        assertEquals(2, said.code());
        assertTrue(said.text().contains("--data must be a directory"), said.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bench", "load", "scenario", "soak"})
    void shouldHelp(String command) {
        StringWriter out = new StringWriter();

        int code = Program.commandLine(new BenchMain())
                .setOut(new PrintWriter(out))
                .execute(command, "--help");

        assertEquals(0, code);
        assertTrue(out.toString().startsWith("Usage: millrace " + command), out.toString());
        // What was not filled in of a description.
        assertTrue(!out.toString().contains("${") && !out.toString().contains("null"), out.toString());
    }

    private record Said(int code, String text) {}

    private static Said run(String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine command = Program.commandLine(new BenchMain()).setErr(new PrintWriter(err));
        return new Said(command.execute(arguments), err.toString());
    }
}
