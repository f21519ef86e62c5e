package io.millrace.standalone.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Route;
import io.millrace.client.MessageOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.standalone.acceptance.Gate;
import io.millrace.standalone.acceptance.Ran;
import io.millrace.standalone.acceptance.Scene;
import io.millrace.standalone.acceptance.SharedMillrace;
import io.millrace.standalone.acceptance.SteppedWorkflow;
import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A workflow's page: found from the list, current without a reload, and plain about what is not there. */
@NeedsChromium
final class WorkflowPageIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    static final ConsoleServer SERVER = new ConsoleServer(MILLRACE);

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    @RegisterExtension
    final ConsolePage console = new ConsolePage(SERVER);

    private final WorkflowView view = new WorkflowView(console);

    @Test
    void shouldOpenFromTheListAndFollowTheWorkflowToItsEnd() {
        // given a trip whose bookings are held
        Gate gate = scene.gate();
        Trips.work(scene, gate);
        WorkflowHandle<String> trip = scene.start("trip", Trips.TRIP, Map.of("customer", "Ada"));
        gate.awaitArrivals(2);
        // when it is opened from the list
        console.open("#/workflows?idPrefix=" + trip.workflowId());
        console.link(trip.workflowId()).click();
        // then its input is there, and it runs
        view.awaitStatus(WorkflowStatus.RUNNING);
        assertThat(console.field("input")).containsText("\"customer\": \"Ada\"");
        // when it goes on, then the page shows so without being loaded again
        console.page().evaluate("window.notLoadedAgain = true");
        gate.open();
        assertThat(view.step(6)).containsText("waiting");
        trip.send("approval", "yes", MessageOptions.none());
        view.awaitStatus(WorkflowStatus.COMPLETED);
        assertThat(view.step(Trips.LAST_STEP)).containsText("completed");
        assertThat(console.field("output")).containsText("quote, yes");
        assertThat(view.action("Cancel")).hasCount(0);
        assertEquals(true, console.page().evaluate("window.notLoadedAgain"));
    }

    @Test
    void shouldShowMarkupAsTheTextThatItIs() {
        // given a trip whose names, errors and input look like markup
        Gate gate = scene.gate();
        gate.open();
        Trips.work(scene, gate);
        WorkflowHandle<String> trip = scene.start("trip", Trips.TRIP, Map.of("note", Trips.MARKUP));
        Scene.awaitFact(trip, "receiveStarted");
        // when each view of it is opened
        view.open(trip, "?step=1");
        assertThat(console.field("input")).containsText(Trips.MARKUP);
        assertThat(view.panel(1)).containsText("attempt 2 failed: " + Trips.MARKUP);
        assertThat(view.step(1)).hasAttribute("aria-label", Pattern.compile("onerror"));
        assertThat(view.view("Steps")).containsText(Trips.MARKUP);
        assertThat(view.view("History")).containsText("failed at attempt 1");
        assertThat(view.view("Timeline")).containsText(Trips.MARKUP);
        // then nothing of it has become an element
        assertThat(console.page().locator("img[src=x]")).hasCount(0);
    }

    @Test
    void shouldShowNumbersAsTheyWereWritten() {
        // given an input with a number that JavaScript cannot hold
        scene.work(new SteppedWorkflow(new Ran()));
        WorkflowHandle<String> odd =
                scene.start("odd", "unknown-type", Map.of("amount", new BigInteger("12345678901234567890")));
        // then the page shows all of its digits
        view.open(odd);
        assertThat(console.field("input")).containsText("12345678901234567890");
        // and says why it has no steps
        assertThat(console.heading("There are no steps yet")).isVisible();
    }

    @Test
    void shouldSayWhatToDoWhereThereIsNoSuchWorkflow() {
        console.expectErrors("status of 404");
        console.open(WorkflowView.addressOf("no such workflow"));
        assertThat(console.heading("There is no such workflow")).isVisible();
        assertThat(console.text("no such workflow").first()).isVisible();
        console.link("see all workflows").click();
        assertThat(console.title("Workflows")).isVisible();
    }

    @Test
    void shouldSayWhatWentWrongAndTryAgain() {
        // given a server that fails
        console.expectErrors("status of 500");
        scene.work(new SteppedWorkflow(new Ran()));
        WorkflowHandle<String> workflow = scene.startSteps("steps", 2);
        workflow.result(Scene.PATIENCE);
        String resource = "**/api/v1/workflows/" + workflow.workflowId();
        AtomicInteger failures = new AtomicInteger();
        console.page().route(resource, route -> fail(route, failures));
        console.open(WorkflowView.addressOf(workflow.workflowId()));
        assertThat(console.text("the server failed")).isVisible();
        // It asks at once, and again when the events have begun; after that it is left to the user.
        console.page().waitForCondition(() -> failures.get() >= 2);
        // when it does not any more, and it is tried again
        console.page().unroute(resource);
        console.button("Try again").click();
        // then the workflow is there
        view.awaitStatus(WorkflowStatus.COMPLETED);
    }

    private static void fail(Route route, AtomicInteger failures) {
        failures.incrementAndGet();
        route.fulfill(new Route.FulfillOptions()
                .setStatus(500)
                .setContentType("application/problem+json")
                .setBody("{\"title\":\"Server Error\",\"status\":500,\"detail\":\"the server failed\"}"));
    }
}
