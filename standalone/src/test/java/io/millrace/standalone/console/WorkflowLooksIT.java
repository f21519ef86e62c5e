package io.millrace.standalone.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.options.ColorScheme;
import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.WorkflowHandle;
import io.millrace.standalone.acceptance.Gate;
import io.millrace.standalone.acceptance.Scene;
import io.millrace.standalone.acceptance.SharedMillrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every view of a workflow's page at every size, light and dark: nothing is cut, nothing lies over something else. */
@NeedsChromium
final class WorkflowLooksIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    static final ConsoleServer SERVER = new ConsoleServer(MILLRACE);

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    @RegisterExtension
    final ConsolePage console = new ConsolePage(SERVER);

    private final WorkflowView view = new WorkflowView(console);
    private final List<String> flaws = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"375, 812", "768, 1024", "1280, 800", "3840, 2160"})
    void shouldBeReadable(int width, int height) {
        // given a fork of a trip, both of which wait
        Gate gate = scene.gate();
        Trips.work(scene, gate);
        Map<String, Object> input = Map.of("customer", "Ada Lovelace", "legs", List.of("Lisbon", "Oslo"));
        WorkflowHandle<String> trip = scene.start(
                scene.options("trip-with-a-rather-long-id-of-which-nothing-may-be-cut")
                        .attribute("tenant", "acme")
                        .attribute("channel", "a value that is somewhat longer than others"),
                Trips.TRIP,
                input);
        gate.awaitArrivals(2);
        gate.open();
        Scene.awaitFact(trip, "receiveStarted");
        WorkflowHandle<String> fork =
                scene.workflow(trip.fork(ForkOptions.from(FromStep.number(5))).workflowId());
        Scene.awaitFact(fork, "receiveStarted");
        console.resize(width, height);
        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            console.colours(colours);
            String name = width + "-" + colours.name().toLowerCase(Locale.ROOT);
            lookAtViews(fork, name);
            lookAtDialogs(name);
        }
        assertEquals(List.of(), flaws);
    }

    private void lookAtViews(WorkflowHandle<String> fork, String name) {
        view.open(fork);
        assertThat(view.step(6)).containsText("waiting");
        look(name, "graph");
        view.open(fork, "?step=1");
        assertThat(view.panel(1)).containsText("attempt 2 failed");
        look(name, "step");
        view.open(fork, "?tab=timeline");
        assertThat(view.step(6)).isVisible();
        look(name, "timeline");
        view.view("Steps");
        assertThat(console.page().locator(".steps-rows")).isVisible();
        look(name, "steps");
        assertThat(view.view("History")).containsText("Started as trip");
        look(name, "history");
        assertThat(view.view("Forks")).containsText("this workflow");
        look(name, "forks");
        assertThat(view.view("Compare")).containsText("copied");
        console.page().locator(".compare-rows button").first().click();
        look(name, "compare");
    }

    private void lookAtDialogs(String name) {
        for (String action : List.of("Cancel", "Send message", "Fork")) {
            view.action(action).click();
            assertThat(console.dialog()).isVisible();
            look(name, "dialog-" + action.toLowerCase(Locale.ROOT).replace(' ', '-'));
            console.page().keyboard().press("Escape");
            assertThat(console.dialog()).hasCount(0);
        }
    }

    private void look(String name, String what) {
        console.screenshot("workflow-" + what + "-" + name);
        console.flaws().forEach(flaw -> flaws.add(what + ", " + name + ": " + flaw));
    }
}
