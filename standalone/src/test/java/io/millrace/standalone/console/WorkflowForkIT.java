package io.millrace.standalone.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.millrace.client.ForkDescription;
import io.millrace.client.WorkflowDescription;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.standalone.acceptance.Ran;
import io.millrace.standalone.acceptance.Scene;
import io.millrace.standalone.acceptance.SharedMillrace;
import io.millrace.standalone.acceptance.SteppedWorkflow;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Forks from the page: made from a step, found again, and compared with what they were made from. */
@NeedsChromium
final class WorkflowForkIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    static final ConsoleServer SERVER = new ConsoleServer(MILLRACE);

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    @RegisterExtension
    final ConsolePage console = new ConsolePage(SERVER);

    private final WorkflowView view = new WorkflowView(console);
    private final Ran ran = new Ran();

    /** A worker of a version, for the workflows of this test. */
    private void work(String version, SteppedWorkflow code) {
        scene.start(scene.worker().applicationVersion(version).workflow(SteppedWorkflow.TYPE, Integer.class, code));
    }

    private String onlyForkOf(WorkflowHandle<?> source) {
        return source.forks().map(ForkDescription::workflowId).toList().get(0);
    }

    @Test
    void shouldForkFromAStepWithNewerCodeAndCompare() {
        // given a workflow that has failed in its third step, and a worker of a version that mends it
        work("1.0", new SteppedWorkflow(ran).failingAt(3));
        WorkflowHandle<String> source = scene.startSteps("source", 4);
        Scene.awaitStatus(source, WorkflowStatus.FAILED);
        work("2.0", new SteppedWorkflow(ran).labelled("b"));
        view.open(source);
        // when it is forked from that step with that version and a reason
        view.step(3).click();
        view.panel(3).getByText("Fork from here").click();
        assertThat(console.dialog()).containsText("Kept: the results of steps 1 to 2");
        assertThat(console.dialog()).containsText("Runs again: step 3 “step-3”");
        console.dialog().getByLabel("Application version").fill("2.0");
        console.dialog().getByLabel("Reason").fill("version 2.0 mends it");
        view.inDialog("Fork").click();
        // then the page of the fork is shown, which completes with copies of the first two steps
        assertThat(console.text("was made").first()).isVisible();
        view.awaitStatus(WorkflowStatus.COMPLETED);
        String forkId = onlyForkOf(source);
        assertThat(console.heading(forkId)).isVisible();
        assertThat(view.step(2)).containsText("copied from the source");
        assertThat(view.step(3)).not().containsText("copied");
        WorkflowDescription fork = scene.client().describe(forkId).orElseThrow();
        assertEquals("2.0", fork.applicationVersion().orElseThrow());
        // and beside its source it is seen what has changed
        Locator comparison = view.view("Compare");
        assertThat(row(comparison, 1)).containsText("copied");
        assertThat(row(comparison, 3)).containsText("different output");
        assertThat(row(comparison, 4)).containsText("only in the fork");
        row(comparison, 3).getByRole(AriaRole.BUTTON).click();
        assertThat(comparison.getByLabel("Differences of the outputs")).containsText("\"b3\"");
        assertThat(comparison).containsText("a bug in step 3");
        // and the tree leads back to the source, whose graph says where it was forked
        view.view("Forks")
                .getByRole(AriaRole.LINK, exactly(source.workflowId()))
                .click();
        assertThat(console.heading(source.workflowId())).isVisible();
        assertThat(view.view("Forks").getByRole(AriaRole.LINK, exactly(forkId))).isVisible();
        assertThat(view.view("History")).containsText("version 2.0 mends it");
        view.view("Graph");
        assertThat(view.step(3)).hasAttribute("aria-label", Pattern.compile("1 fork from here"));
    }

    @Test
    void shouldForkFromTheStartWithAnotherInput() {
        // given a workflow that has completed with three steps
        work("1.0", new SteppedWorkflow(ran));
        WorkflowHandle<String> source = scene.startSteps("source", 3);
        source.result(Scene.PATIENCE);
        view.open(source, "?step=1");
        // when it is forked from the start, with an input that is no JSON at first, under an id of our own
        view.panel(1).getByText("Fork from here").click();
        console.dialog().getByLabel("With another input").check();
        console.dialog().getByLabel("Input (JSON)").fill("{5");
        assertThat(view.inDialog("Fork")).isDisabled();
        assertThat(console.dialog()).containsText("This is no JSON");
        console.dialog().getByLabel("Input (JSON)").fill("5");
        String forkId = scene.id("fork");
        console.dialog().getByLabel("Id of the fork").fill(forkId);
        view.inDialog("Fork").click();
        // then the fork has it, and runs all of its steps
        assertThat(console.heading(forkId)).isVisible();
        view.awaitStatus(WorkflowStatus.COMPLETED);
        assertThat(view.step(5)).containsText("completed");
        Locator comparison = view.view("Compare");
        assertThat(row(comparison, 1)).containsText("same output");
        assertThat(row(comparison, 5)).containsText("only in the fork");
        // and from any other step, no other input is to be had
        view.view("Graph");
        view.step(2).click();
        view.panel(2).getByText("Fork from here").click();
        assertThat(console.dialog().getByLabel("With another input")).hasCount(0);
    }

    @Test
    void shouldSayWhyAForkIsRefused() {
        console.expectErrors("status of 400");
        work("1.0", new SteppedWorkflow(ran));
        WorkflowHandle<String> source = scene.startSteps("source", 1);
        source.result(Scene.PATIENCE);
        view.open(source);
        // when it is forked under an id that is taken
        view.action("Fork").click();
        console.dialog().getByLabel("Id of the fork").fill(source.workflowId());
        view.inDialog("Fork").click();
        // then the dialog says so, and stays
        assertThat(console.dialog().getByRole(AriaRole.ALERT)).containsText(source.workflowId());
    }

    private static Locator row(Locator table, int seq) {
        return table.locator("[role=row][data-seq='" + seq + "']");
    }

    private static Locator.GetByRoleOptions exactly(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }
}
