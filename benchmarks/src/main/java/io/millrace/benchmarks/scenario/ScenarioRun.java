package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.cluster.ProcessCluster;
import io.millrace.benchmarks.cluster.Target;
import io.millrace.benchmarks.command.OwnOptions;
import io.millrace.benchmarks.figures.Setting;
import io.millrace.client.MillraceClient;
import io.millrace.client.WorkflowFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One scenario: broker and engine are started, and it is asked again and again. */
final class ScenarioRun {
    private static final String NAMESPACE = "millrace";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Scenario scenario;
    private final int number;
    private final int turns;
    private final OwnOptions own;

    ScenarioRun(Scenario scenario, int number, int turns, OwnOptions own) {
        this.scenario = scenario;
        this.number = number;
        this.turns = turns;
        this.own = own;
    }

    ScenarioReport run() throws IOException, InterruptedException {
        Setting setting = Setting.now();
        say("starting a broker and an engine ...");
        return ProcessCluster.run(own.spec(NAMESPACE, null), ScenarioRun::say, cluster -> on(cluster, setting));
    }

    private ScenarioReport on(ProcessCluster cluster, Setting setting) throws IOException, InterruptedException {
        Target target = cluster.target(Map.of());
        List<List<Figure>> measured = new ArrayList<>();
        try (MillraceClient client = target.client("millrace scenario", PATIENCE)) {
            // All partitions have to answer this.
            client.count(WorkflowFilter.all());
            for (int turn = 1; turn <= turns; turn++) {
                say("turn " + turn + " of " + turns + " ...");
                try (Stage stage = new Stage(cluster, target, client, number)) {
                    measured.add(scenario.turn(stage));
                }
            }
        }
        return new ScenarioReport(scenario.words(number), own.words() + ", workers", setting, measured);
    }

    private static void say(String text) {
        System.err.println(text);
    }
}
