package io.millrace.benchmarks.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.benchmarks.figures.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureOverTurnsTest {
    private static final List<List<Figure>> TURNS = List.of(turn(30, 5), turn(10, 7), turn(20, 6), turn(90, 8));

    @Test
    void shouldTakeTheMedianOfEachFigureOverTheTurns() {
        List<FigureOverTurns> figures = FigureOverTurns.of(TURNS);

        assertEquals(
                List.of("time", "rate"),
                figures.stream().map(FigureOverTurns::what).toList());
        assertEquals(25, figures.get(0).spread().median());
        assertEquals(10, figures.get(0).spread().lowest());
        assertEquals(90, figures.get(0).spread().highest());
        assertEquals(6.5, figures.get(1).spread().median());
    }

    @Test
    void shouldSayWhetherTheMedianMeetsItsGoal() {
        assertTrue(Goal.atMost(25).isMet(25));
        assertFalse(Goal.atMost(25).isMet(25.1));
        assertTrue(Goal.atLeast(25).isMet(25));
        assertFalse(Goal.atLeast(25).isMet(24.9));

        String text = new ScenarioReport("a question", "a broker", new Setting("17", 2, 0), TURNS).text();

        assertTrue(text.contains("goal <= 20.00, MISSED"), text);
        assertTrue(text.contains("goal >= 6.000, met"), text);
    }

    @Test
    void shouldSayWhichScenariosThereAreWhereOneIsUnknown() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Scenarios.named("unheard-of"));

        assertTrue(refused.getMessage().contains("step-growth, recovery, sleepers"), refused.getMessage());
    }

    private static List<Figure> turn(double time, double rate) {
        return List.of(
                Figure.of("time", time, "s").with(Goal.atMost(20)),
                Figure.of("rate", rate, "/s").with(Goal.atLeast(6)));
    }
}
