package io.millrace.standalone.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.standalone.acceptance.Gate;
import io.millrace.standalone.acceptance.Ran;
import io.millrace.standalone.acceptance.Scene;
import io.millrace.standalone.acceptance.SharedMillrace;
import io.millrace.standalone.acceptance.SteppedWorkflow;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands from a workflow's page, and what the history says of them. */
@NeedsChromium
final class WorkflowControlIT {
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
    void shouldShowACancelWhileItCleansUpAndWhenItIsDone() {
        // given a workflow that cleans up as long as the gate is shut
        Gate gate = scene.gate();
        Trips.work(scene, gate);
        WorkflowHandle<String> workflow = scene.start("cleanup", Trips.CLEANUP, null);
        Scene.awaitFact(workflow, "sleepStarted");
        view.open(workflow);
        // when it is cancelled with a reason
        view.action("Cancel").click();
        console.dialog().getByLabel("Reason").fill("the customer called");
        view.inDialog("Cancel").click();
        // then it is cancelling, and that is shown
        gate.awaitArrival();
        view.awaitStatus(WorkflowStatus.CANCELLING);
        assertThat(console.dialog()).hasCount(0);
        // and cancelled when it has cleaned up
        gate.open();
        view.awaitStatus(WorkflowStatus.CANCELLED);
        assertThat(view.step(3)).containsText("completed");
        // and the history says who it was, and why
        String issuer =
                String.valueOf(Scene.fact(workflow, "cancelAsked").details().get("issuer"));
        Locator history = view.view("History");
        Locator asked =
                history.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText("Cancel asked for"));
        assertThat(asked).containsText("accepted");
        assertThat(asked).containsText("by " + issuer);
        assertThat(asked).containsText("the customer called");
        // and shows only what was asked for, when that is wanted
        history.getByLabel("Only what somebody asked for").check();
        assertThat(history.getByRole(AriaRole.LISTITEM)).hasCount(2);
        asked.getByText("Cancel asked for").click();
        assertThat(asked).containsText("\"cascade\": true");
    }

    @Test
    void shouldResumeWhatHasFailed() {
        // given a workflow that has failed in its third step, because of a bug that has been mended since
        AtomicBoolean mended = new AtomicBoolean();
        scene.work(new SteppedWorkflow(new Ran()).inside(3, () -> {
            if (!mended.get()) {
                throw new IllegalStateException("a bug");
            }
        }));
        WorkflowHandle<String> workflow = scene.startSteps("steps", 4);
        Scene.awaitStatus(workflow, WorkflowStatus.FAILED);
        view.open(workflow);
        assertThat(view.step(3)).containsText("failed");
        assertThat(console.text("a bug").first()).isVisible();
        mended.set(true);
        // when it is resumed
        view.action("Resume").click();
        view.inDialog("Resume").click();
        // then it completes before our eyes
        view.awaitStatus(WorkflowStatus.COMPLETED);
        assertThat(view.step(4)).containsText("completed");
        // and the step that failed before says so
        view.step(3).click();
        assertThat(view.panel(3)).containsText("in an earlier run");
        assertThat(view.panel(3)).containsText("a bug");
    }

    @Test
    void shouldSayWhyACommandIsRefused() {
        console.expectErrors("status of 409");
        // given a workflow that ends while somebody thinks about pausing it
        Gate gate = scene.gate();
        scene.work(new SteppedWorkflow(new Ran()).inside(1, gate::pass));
        WorkflowHandle<String> workflow = scene.startSteps("steps", 1);
        gate.awaitArrival();
        view.open(workflow);
        view.action("Pause").click();
        gate.open();
        workflow.result(Scene.PATIENCE);
        // when it is paused then
        view.inDialog("Pause").click();
        // then the dialog says why it cannot be, and stays
        assertThat(console.dialog().getByRole(AriaRole.ALERT)).containsText("COMPLETED");
    }

    @Test
    void shouldPauseAndUnpauseAndSendMessages() {
        // given a trip that waits for an approval
        Gate gate = scene.gate();
        gate.open();
        Trips.work(scene, gate);
        WorkflowHandle<String> trip = scene.start("trip", Trips.TRIP, null);
        Scene.awaitFact(trip, "receiveStarted");
        view.open(trip);
        assertThat(view.step(6)).containsText("waiting");
        // when it is paused and unpaused
        view.action("Pause").click();
        view.inDialog("Pause").click();
        view.awaitStatus(WorkflowStatus.PAUSED);
        view.action("Unpause").click();
        view.inDialog("Unpause").click();
        view.awaitStatus(WorkflowStatus.RUNNING);
        // and is sent what it waits for: the dialog proposes the topic, and takes JSON only
        view.action("Send message").click();
        assertThat(console.dialog().getByLabel("Topic")).hasValue("approval");
        console.dialog().getByLabel("Message (JSON)").fill("\"granted");
        assertThat(view.inDialog("Send")).isDisabled();
        console.dialog().getByLabel("Message (JSON)").fill("\"granted\"");
        view.inDialog("Send").click();
        // then it completes with it
        view.awaitStatus(WorkflowStatus.COMPLETED);
        assertThat(console.field("output")).containsText("quote, granted");
        view.step(6).click();
        assertThat(view.panel(6)).containsText("granted");
        assertThat(view.panel(6)).containsText("approval");
    }

    @Test
    void shouldRewindToAStep() {
        // given a workflow that has completed
        Ran ran = new Ran();
        scene.work(new SteppedWorkflow(ran));
        WorkflowHandle<String> workflow = scene.startSteps("steps", 3);
        workflow.result(Scene.PATIENCE);
        view.open(workflow);
        // when it is rewound to its second step
        view.step(2).click();
        view.panel(2).getByText("Rewind to here").click();
        assertThat(console.dialog()).containsText("the result of step 1");
        view.inDialog("Rewind").click();
        // then that and the one after it run again
        assertThat(console.page().locator(".workflow-head .about")).containsText("Resumed or rewound");
        view.awaitStatus(WorkflowStatus.COMPLETED);
        assertEquals(List.of("step-1", "step-2", "step-3", "step-2", "step-3"), ran.of(workflow.workflowId()));
    }
}
