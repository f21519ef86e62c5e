package io.millrace.standalone.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.millrace.client.MessageOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.standalone.acceptance.Gate;
import io.millrace.standalone.acceptance.Scene;
import io.millrace.standalone.acceptance.SharedMillrace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The timeline: attempts and the waits between them, other waits, and what the workflow itself did. */
@NeedsChromium
final class WorkflowTimelineIT {
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
    void shouldShowAttemptsAndWaits() {
        // given a trip that waited for a worker first, and waits for an approval now
        WorkflowHandle<String> trip = scene.start("trip", Trips.TRIP, null);
        Gate gate = scene.gate();
        gate.open();
        Trips.work(scene, gate);
        Scene.awaitFact(trip, "receiveStarted");
        // when its timeline is opened
        view.open(trip, "?tab=timeline");
        // then the first step has three attempts, two of which failed, and two waits
        Locator attempts = bars(1);
        assertThat(attempts.locator(".bar-failed")).hasCount(2);
        assertThat(attempts.locator(".bar-retry-wait")).hasCount(2);
        assertThat(attempts.locator(".bar-attempt")).hasCount(1);
        // and the child, the sleep and the message are waits
        assertThat(bars(4).locator(".bar-wait")).hasCount(1);
        assertThat(bars(5).locator(".bar-wait")).hasCount(1);
        assertThat(bars(6).locator(".bar-wait.growing")).hasCount(1);
        // and above them it is seen how it waited for a worker, had one and let go of it
        Locator life = console.page().locator(".timeline-head");
        assertThat(life.locator(".bar-queue").first()).isAttached();
        assertThat(life.locator(".bar-worker").first()).isAttached();
        assertThat(life.locator(".bar-parked.growing")).hasCount(1);
        assertThat(life.locator(".mark-granted").first()).isAttached();
        // when it goes on, then the timeline grows by itself
        trip.send("approval", "yes", MessageOptions.none());
        view.awaitStatus(WorkflowStatus.COMPLETED);
        assertThat(bars(Trips.LAST_STEP).locator(".bar-attempt")).hasCount(1);
        assertThat(console.page().locator(".growing")).hasCount(0);
        // and a step that is chosen there tells all of its attempts
        view.step(1).click();
        assertThat(view.panel(1).getByRole(AriaRole.LISTITEM)).hasCount(3);
        assertThat(view.panel(1)).containsText("attempt 1 failed");
        assertThat(view.panel(1)).containsText("attempt 2 failed");
    }

    @Test
    void shouldStretchAndFit() {
        // given a trip with bars on a timeline
        Gate gate = scene.gate();
        gate.open();
        Trips.work(scene, gate);
        WorkflowHandle<String> trip = scene.start("trip", Trips.TRIP, null);
        trip.send("approval", "yes", MessageOptions.none());
        trip.result(Scene.PATIENCE);
        view.open(trip, "?tab=timeline");
        Locator axis = bars(5).locator("svg.timeline-bars");
        BoundingBox fitting = axis.boundingBox();
        // when it is made longer, then so is its axis
        console.button("Longer").click();
        console.button("Longer").click();
        assertThat(console.text("× 4")).isVisible();
        assertTrue(axis.boundingBox().width > 3 * fitting.width, "about four times as long");
        // and all of it fits again when that is wanted
        console.button("Fit").click();
        assertThat(console.text("× 1")).isVisible();
        assertTrue(Math.abs(axis.boundingBox().width - fitting.width) < 1, "as at first");
    }

    /** The bars of one step. */
    private Locator bars(int seq) {
        return console.page().getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHas(view.step(seq)));
    }
}
