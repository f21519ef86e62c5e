package io.millrace.engine.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.schemas.WorkflowStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every situation a workflow can be in, and every kind of input: what is decided, as tables of facts and (after the slash) messages. The
 * tables are in {@code src/test/resources/every-pair}; what they would be now is written to {@code target/every-pair}, to be compared and
 * never to be copied unread.
 */
class EveryPairTest {
    private static final int LINE_CHARS = 110;
    private static final String INDENT = "        ";

    @ParameterizedTest
    @ValueSource(strings = {"starts", "commands", "executions", "reports", "transfers"})
    void shouldDecideAsTheTableSays(String theme) throws IOException {
        String actual = table(EveryInput.of(theme));
        Path now = Path.of("target", "every-pair", theme + ".txt");
        Files.createDirectories(now.getParent());
        Files.writeString(now, actual);
        assertEquals(expected(theme), actual);
    }

    private static String expected(String theme) throws IOException {
        String name = "/every-pair/" + theme + ".txt";
        try (InputStream table = Objects.requireNonNull(EveryPairTest.class.getResourceAsStream(name), name)) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String table(Map<String, EveryInput.Coming> inputs) {
        StringBuilder table = new StringBuilder();
        inputs.forEach((name, input) -> {
            Map<String, List<String>> situations = new LinkedHashMap<>();
            Situations.all().forEach((situation, given) -> {
                String outcome = InWords.outcome(given, given.when(input.to(given)));
                situations.computeIfAbsent(outcome, each -> new ArrayList<>()).add(situation);
            });
            table.append(name).append('\n');
            String usual = situations.keySet().stream()
                    .filter(outcome -> situations.get(outcome).contains(Situations.USUAL))
                    .findFirst()
                    .orElseThrow();
            situations.remove(usual);
            situations.forEach((outcome, all) -> table.append("    " + outcome + "\n" + wrapped(all)));
            table.append("    otherwise: " + usual + "\n");
        });
        return table.toString();
    }

    private static String wrapped(List<String> situations) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder(INDENT);
        for (String situation : situations) {
            if (line.length() > INDENT.length() && line.length() + situation.length() > LINE_CHARS) {
                lines.append(line).append('\n');
                line.setLength(INDENT.length());
            }
            line.append(line.length() > INDENT.length() ? " | " : "").append(situation);
        }
        return lines.append(line).append('\n').toString();
    }

    @Test
    void shouldVisitEveryPairOfAReachableStatusAndAnInput() {
        Set<String> visited = new TreeSet<>();
        Set<String> reachable = new TreeSet<>();
        Situations.all()
                .values()
                .forEach(given -> EveryInput.all().values().forEach(coming -> {
                    Input input = coming.to(given);
                    visited.add(statusOf(given) + " x " + kindOf(input));
                    Given after = given.then(input);
                    for (Class<?> kind : Input.class.getPermittedSubclasses()) {
                        reachable.add(statusOf(after) + " x " + kind.getSimpleName());
                    }
                }));
        Set<String> missed = new TreeSet<>(reachable);
        missed.removeAll(visited);
        assertEquals(Set.of(), missed, "reachable and not visited");

        Set<WorkflowStatus> notVisited = EnumSet.allOf(WorkflowStatus.class);
        Situations.all().values().stream()
                .filter(given -> !given.isNothing())
                .forEach(given -> notVisited.remove(given.state().getStatus()));
        assertEquals(Set.of(WorkflowStatus.UNKNOWN), notVisited, "statuses that no situation has");
    }

    @Test
    void shouldMakeEveryFactThereIs() {
        Set<FactKind> made = EnumSet.noneOf(FactKind.class);
        Situations.all()
                .values()
                .forEach(given -> EveryInput.all()
                        .values()
                        .forEach(coming ->
                                given.when(coming.to(given)).facts().forEach(fact -> made.add(FactKind.of(fact)))));
        assertEquals(EnumSet.allOf(FactKind.class), made);
    }

    private static String statusOf(Given given) {
        return given.isNothing() ? "NONE" : given.state().getStatus().name();
    }

    private static String kindOf(Input input) {
        return input.getClass().getSimpleName();
    }
}
