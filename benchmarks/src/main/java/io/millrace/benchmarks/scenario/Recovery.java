package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.figures.WallClock;
import io.millrace.benchmarks.process.JavaProcess;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A worker is killed in the middle of many steps: when has another one begun each of them anew? */
final class Recovery implements Scenario {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Workers' lease of 10 s, and two more. */
    private static final double AT_MOST_SECONDS = 12;

    @Override
    public String words(int number) {
        return String.format(
                Locale.ROOT,
                "a worker with %,d workflows, each in a step, is killed, and another one is there",
                number);
    }

    @Override
    public int usualNumber() {
        return 1_000;
    }

    @Override
    public List<Figure> turn(Stage stage) throws IOException, InterruptedException {
        JavaProcess first = stage.worker("worker-killed", stage.number());
        List<WorkflowHandle<Void>> started = start(stage);
        stage.await("all workflows to run", PATIENCE, () -> arrived(stage, "worker-killed") >= stage.number());
        JavaProcess second = stage.worker("worker-other", stage.number());
        long killedAt = WallClock.micros();
        stage.kill(first);
        stage.await("all workflows to run again", PATIENCE, () -> arrived(stage, "worker-other") >= stage.number());
        LongSummaryStatistics times = arrivals(stage.arrivals("worker-other")).values().stream()
                .mapToLong(Long::longValue)
                .summaryStatistics();
        second.tell(ScenarioWorker.RELEASE);
        started.forEach(workflow -> workflow.result(PATIENCE));
        return List.of(
                Figure.of("from the kill until the first runs again", (times.getMin() - killedAt) / 1e6, "s"),
                Figure.of("from the kill until all run again", (times.getMax() - killedAt) / 1e6, "s")
                        .with(Goal.atMost(AT_MOST_SECONDS)));
    }

    private static List<WorkflowHandle<Void>> start(Stage stage) {
        List<CompletableFuture<WorkflowHandle<Void>>> starts = new ArrayList<>();
        StartOptions options = StartOptions.generatedId().queue(ScenarioWorkflows.QUEUE);
        for (int i = 0; i < stage.number(); i++) {
            starts.add(stage.client().startAsync(ScenarioWorkflows.HOLD, null, Void.class, options));
        }
        return starts.stream().map(CompletableFuture::join).toList();
    }

    private static int arrived(Stage stage, String worker) {
        return arrivals(stage.arrivals(worker)).size();
    }

    /** When each workflow came to its code first, in microseconds since the epoch. */
    private static Map<String, Long> arrivals(Path file) {
        Map<String, Long> times = new HashMap<>();
        try {
            String text = Files.readString(file);
            // What is behind the last line end is still being written.
            for (String line :
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                int space = line.indexOf(' ');
                times.putIfAbsent(line.substring(0, space), Long.valueOf(line.substring(space + 1)));
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read which workflows run: " + file, e);
        }
        return times;
    }
}
