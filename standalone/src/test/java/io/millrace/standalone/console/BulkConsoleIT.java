package io.millrace.standalone.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.KeyboardModifier;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.standalone.acceptance.Ran;
import io.millrace.standalone.acceptance.Scene;
import io.millrace.standalone.acceptance.SharedMillrace;
import io.millrace.standalone.acceptance.SteppedWorkflow;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands to many workflows: chosen, seen before they are given, and what became of each. */
@NeedsChromium
final class BulkConsoleIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    static final ConsoleServer SERVER = new ConsoleServer(MILLRACE);

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    @RegisterExtension
    final ConsolePage console = new ConsolePage(SERVER);

    private final WorkflowsPage list = new WorkflowsPage(console);

    private List<WorkflowHandle<String>> started(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> scene.startSteps("many-" + n, 4))
                .toList();
    }

    private Locator confirm(String name) {
        return console.dialog()
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private void close() {
        console.dialog().locator("footer").getByText("Close").click();
        assertThat(console.dialog()).hasCount(0);
    }

    @Test
    void shouldCancelWhatIsSelectedAfterShowingWhatWillHappen() {
        List<WorkflowHandle<String>> workflows = started(5);
        list.openQueue(scene.queue());
        assertThat(list.rows()).hasCount(5);
        list.select(workflows.get(4).workflowId()).click();
        list.select(workflows.get(2).workflowId())
                .click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.SHIFT)));
        assertThat(list.selection()).containsText("3 workflows selected");
        list.command("Cancel").click();
        assertThat(console.dialog()).containsText("3 workflows would get this command. Nothing has been done yet.");
        assertThat(console.dialog()).containsText("cancelled at once");
        assertThat(console.dialog()).containsText(workflows.get(3).workflowId());
        console.field("Reason").fill("ordered twice");
        confirm("Cancel 3 workflows").click();
        assertThat(console.dialog()).containsText("3 accepted, 0 refused");
        close();
        for (int n = 0; n < 5; n++) {
            assertThat(list.row(workflows.get(n).workflowId())).containsText(n < 2 ? "Enqueued" : "Cancelled");
        }
        assertEquals(
                "ordered twice",
                Scene.fact(workflows.get(3), "cancelAsked").details().get("reason"));
    }

    @Test
    void shouldForkFromTheLastFailureAllThatMatchTheFilter() {
        AtomicBoolean broken = new AtomicBoolean(true);
        scene.work(new SteppedWorkflow(new Ran()).inside(3, () -> {
            if (broken.get()) {
                throw new IllegalStateException("the service is down");
            }
        }));
        List<WorkflowHandle<String>> workflows = started(3);
        workflows.forEach(workflow -> Scene.awaitStatus(workflow, WorkflowStatus.FAILED));
        broken.set(false);
        list.open("status=FAILED&queue=" + scene.queue());
        list.select(workflows.get(0).workflowId()).check();
        list.command("Clear selection").click();
        list.selectAll().check();
        list.command("Fork from last failure").click();
        assertThat(console.dialog()).containsText("a new workflow, from the step that failed");
        confirm("Fork 3 workflows").click();
        assertThat(console.dialog()).containsText("3 accepted, 0 refused");
        Locator fork =
                console.dialog().locator("li").first().getByRole(AriaRole.LINK).nth(1);
        String forkId = fork.innerText();
        assertEquals("a1+a2+a3+a4", scene.workflow(forkId).result(Scene.PATIENCE));
        close();
        assertThat(list.selection()).hasCount(0);
        list.openQueue(scene.queue());
        assertThat(list.rows()).hasCount(6);
        assertThat(list.row(forkId)).containsText("Completed");
    }

    @Test
    void shouldCommandAllThatMatchBeyondWhatIsShown() {
        started(55);
        list.openQueue(scene.queue());
        assertThat(list.rows()).hasCount(50);
        list.selectAll().check();
        list.selection().getByText("Select all 55 workflows that match").click();
        assertThat(list.selection()).containsText("All 55 workflows that match the filter");
        list.command("Terminate").click();
        assertThat(console.dialog()).containsText("ends at once");
        confirm("Terminate 55 workflows").click();
        assertThat(console.dialog()).containsText("55 accepted, 0 refused");
        close();
        assertThat(list.status("Terminated")).containsText("55");
    }

    @Test
    void shouldSayWhichWereRefusedAndWhy() {
        scene.work(new SteppedWorkflow(new Ran()));
        WorkflowHandle<String> done = scene.startSteps("done", 1);
        done.result(Scene.PATIENCE);
        list.openQueue(scene.queue());
        list.select(done.workflowId()).check();
        list.command("Resume").click();
        assertThat(console.dialog()).containsText("refused: fork it instead");
        confirm("Resume 1 workflow").click();
        assertThat(console.dialog()).containsText("0 accepted, 1 refused");
        assertThat(console.dialog()).containsText("Refused, and why");
        assertThat(console.dialog().locator("li .item-note")).containsText("COMPLETED");
        assertThat(console.dialog().locator("li").getByRole(AriaRole.LINK)).hasText(done.workflowId());
    }

    @Test
    void shouldDoNothingWhenTheDialogIsClosed() {
        List<WorkflowHandle<String>> workflows = started(1);
        list.openQueue(scene.queue());
        list.selectAll().check();
        list.command("Cancel").click();
        assertThat(confirm("Cancel 1 workflow")).isEnabled();
        console.page().keyboard().press("Escape");
        assertThat(console.dialog()).hasCount(0);
        assertThat(list.row(workflows.get(0).workflowId())).containsText("Enqueued");
        assertThat(list.selection()).containsText("1 workflow selected");
    }

    @Test
    void shouldNeedNoMouse() {
        WorkflowHandle<String> workflow = started(1).get(0);
        list.openQueue(scene.queue());
        assertThat(list.rows()).hasCount(1);
        Keyboard keyboard = console.page().keyboard();
        tabTo(list.select(workflow.workflowId()));
        keyboard.press("Space");
        tabTo(list.command("Cancel"));
        keyboard.press("Enter");
        assertThat(console.field("Reason")).isFocused();
        keyboard.type("by keyboard");
        tabTo(confirm("Cancel 1 workflow"));
        keyboard.press("Enter");
        assertThat(console.dialog()).containsText("1 accepted, 0 refused");
        tabTo(confirm("Close").last());
        keyboard.press("Enter");
        assertThat(list.row(workflow.workflowId())).containsText("Cancelled");
        tabTo(console.link(workflow.workflowId()));
        keyboard.press("Enter");
        assertThat(console.page()).hasTitle(workflow.workflowId() + " - Millrace");
    }

    /** Presses the tab key until the focus is there, which must not take more keys than a page has controls. */
    private void tabTo(Locator target) {
        assertThat(target).isVisible();
        for (int pressed = 0; pressed < 80; pressed++) {
            if ((Boolean) target.evaluate("element => element === document.activeElement")) {
                return;
            }
            console.page().keyboard().press("Tab");
        }
        throw new AssertionError("the tab key does not lead to " + target);
    }
}
