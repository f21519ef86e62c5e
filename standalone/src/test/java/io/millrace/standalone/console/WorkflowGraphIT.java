package io.millrace.standalone.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.standalone.acceptance.Gate;
import io.millrace.standalone.acceptance.Ran;
import io.millrace.standalone.acceptance.Scene;
import io.millrace.standalone.acceptance.SharedMillrace;
import io.millrace.standalone.acceptance.SteppedWorkflow;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The graph of a workflow's steps: what ran side by side, children in place, by keyboard alone, and however many there are. */
@NeedsChromium
final class WorkflowGraphIT {
    /** A multiple of what one screenful of steps and the rest of the page come to. */
    private static final int MOST_ELEMENTS = 1_500;

    private static final int MANY = 5_000;

    private static final Duration UNTIL_MANY = Duration.ofMinutes(5);

    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    static final ConsoleServer SERVER = new ConsoleServer(MILLRACE);

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    @RegisterExtension
    final ConsolePage console = new ConsolePage(SERVER);

    private final WorkflowView view = new WorkflowView(console);

    /** A trip that waits for its approval; its bookings ran at the same time. */
    private WorkflowHandle<String> waitingTrip() {
        Gate gate = scene.gate();
        Trips.work(scene, gate);
        WorkflowHandle<String> trip = scene.start("trip", Trips.TRIP, null);
        gate.awaitArrivals(2);
        gate.open();
        Scene.awaitFact(trip, "receiveStarted");
        return trip;
    }

    @Test
    void shouldDrawWhatRanAtTheSameTimeSideBySide() {
        view.open(waitingTrip());
        BoundingBox quote = view.step(1).boundingBox();
        BoundingBox hotel = view.step(2).boundingBox();
        BoundingBox car = view.step(3).boundingBox();
        BoundingBox leg = view.step(4).boundingBox();
        assertEquals(hotel.y, car.y, "the bookings are in one row");
        assertTrue(car.x >= hotel.x + hotel.width, "beside each other");
        assertTrue(hotel.y > quote.y && leg.y > hotel.y, "after the quote and before the child");
        assertThat(view.step(1)).containsText("3 attempts");
        assertThat(view.step(6)).containsText("waiting");
    }

    @Test
    void shouldOpenChildrenInPlaceAndLeadToThem() {
        WorkflowHandle<String> trip = waitingTrip();
        String child = trip.workflowId() + "/4";
        view.open(trip);
        // when the child is opened in place
        Locator toggle = console.button("Steps of the child " + child);
        toggle.click();
        // then its own steps are there, whatever they are called
        Locator seat =
                console.page().getByRole(AriaRole.BUTTON).filter(new Locator.FilterOptions().setHasText("find a seat"));
        assertThat(seat).isVisible();
        assertThat(console.text("pay <b>for it</b>").last()).isVisible();
        // and they go away again
        toggle.click();
        assertThat(seat).hasCount(0);
        // when one of its steps is chosen
        toggle.click();
        seat.click();
        // then that is the page of the child, at that step
        assertThat(console.heading(child)).isVisible();
        assertThat(view.panel(1)).containsText("12A");
        console.link(trip.workflowId()).click();
        assertThat(console.heading(trip.workflowId())).isVisible();
        assertThat(view.panel(4)).containsText(child);
    }

    @Test
    void shouldBeUsedByKeyboardAlone() {
        WorkflowHandle<String> trip = waitingTrip();
        view.open(trip);
        assertThat(view.step(6)).containsText("waiting");
        // when Tab leads to the graph, and arrow keys through it
        tabTo(".node");
        assertThat(view.step(1)).isFocused();
        press("ArrowDown");
        assertThat(view.step(2)).isFocused();
        press("ArrowRight");
        assertThat(view.step(3)).isFocused();
        press("End");
        assertThat(view.step(6)).isFocused();
        // then Enter opens a step, and Escape leads back to it
        press("Enter");
        assertThat(view.panel(6)).containsText("approval");
        press("Escape");
        assertThat(view.panel(6)).hasCount(0);
        assertThat(view.step(6)).isFocused();
        // and a message is sent without a mouse as well
        console.page().evaluate("document.getElementById('main').focus()");
        tabTo(".doings button:has-text('Send message')");
        press("Enter");
        assertThat(console.dialog()).isVisible();
        tabTo("textarea");
        press("Control+a");
        console.page().keyboard().type("\"by keyboard\"");
        tabTo("dialog button.primary");
        press("Enter");
        view.awaitStatus(WorkflowStatus.COMPLETED);
        assertThat(console.field("output")).containsText("by keyboard");
        // and the views are changed by arrow keys
        tabTo("[role=tab]");
        press("ArrowRight");
        assertThat(console.page().getByRole(AriaRole.TABPANEL)).containsText("in its queue");
    }

    private void press(String key) {
        console.page().keyboard().press(key);
    }

    /** Presses Tab until something that matches has the focus. */
    private void tabTo(String selector) {
        Locator wanted = console.page().locator(selector);
        for (int presses = 0; presses < 60; presses++) {
            press("Tab");
            Object focused = console.page()
                    .evaluate(
                            "selector => document.activeElement.matches(selector.replace(/:has-text.*/, ''))"
                                    + " && document.activeElement.textContent.includes((/'(.*)'/.exec(selector) ?? ['', ''])[1])",
                            selector);
            if (Boolean.TRUE.equals(focused)) {
                return;
            }
        }
        throw new AssertionError("Tab does not lead to " + wanted);
    }

    @Test
    void shouldKeepThePageSmallHoweverManyStepsThereAre() {
        // given a workflow with very many steps
        scene.work(new SteppedWorkflow(new Ran()));
        WorkflowHandle<String> workflow = scene.startSteps("many", MANY);
        workflow.result(UNTIL_MANY);
        view.open(workflow);
        assertThat(console.page().getByRole(AriaRole.TAB).filter(new Locator.FilterOptions().setHasText("Steps")))
                .containsText(String.valueOf(MANY));
        // when each of its views is scrolled from the first step to the last, then the page never grows
        scrollThrough(".graph-scroller");
        assertThat(view.step(MANY)).isVisible();
        view.view("Timeline");
        scrollThrough(".timeline-rows");
        assertThat(view.step(MANY)).isVisible();
        view.view("Steps");
        scrollThrough(".steps-rows");
        assertThat(console.page()
                        .getByRole(AriaRole.BUTTON)
                        .filter(new Locator.FilterOptions().setHasText("step-" + MANY)))
                .isVisible();
        Locator history = view.view("History");
        history.getByText("Last", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(history).containsText("Completed: ");
        assertSmall();
        // and the last step is one key away, and can be opened by its address
        view.view("Graph");
        console.button("First step").click();
        assertThat(view.step(1)).isFocused();
        press("End");
        assertThat(view.step(MANY)).isFocused();
        view.open(workflow, "?step=" + (MANY / 2));
        assertThat(view.panel(MANY / 2)).containsText("a" + MANY / 2);
        assertThat(view.step(MANY / 2)).isVisible();
    }

    private void scrollThrough(String scroller) {
        Locator element = console.page().locator(scroller);
        assertThat(element).isVisible();
        for (int part = 0; part <= 20; part++) {
            element.evaluate("(e, part) => { e.scrollTop = (e.scrollHeight - e.clientHeight) * part / 20; }", part);
            // Two frames: one that hears of the scrolling, one that has drawn.
            console.page()
                    .evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            assertSmall();
        }
    }

    private void assertSmall() {
        int elements = view.elements();
        assertTrue(elements < MOST_ELEMENTS, "the page has " + elements + " elements");
    }
}
