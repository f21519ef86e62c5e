package io.millrace.standalone.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.standalone.acceptance.Gate;
import io.millrace.standalone.acceptance.Ran;
import io.millrace.standalone.acceptance.Scene;
import io.millrace.standalone.acceptance.SharedMillrace;
import io.millrace.standalone.acceptance.SteppedWorkflow;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The list of workflows: found, filtered, followed as it changes. */
@NeedsChromium
final class WorkflowListConsoleIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    static final ConsoleServer SERVER = new ConsoleServer(MILLRACE);

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    @RegisterExtension
    final ConsolePage console = new ConsolePage(SERVER);

    private final WorkflowsPage list = new WorkflowsPage(console);
    private final Ran ran = new Ran();

    /** Workflows that wait, because nobody takes from the queue. */
    private List<String> waiting(String... names) {
        return List.of(names).stream()
                .map(name -> scene.startSteps(name, 1).workflowId())
                .toList();
    }

    @Test
    void shouldShowWhatThereIsNewestFirst() {
        scene.work(new SteppedWorkflow(ran).failingAt(2));
        WorkflowHandle<String> good = scene.startSteps("good", 1);
        good.result(Scene.PATIENCE);
        WorkflowHandle<String> bad = scene.startSteps("bad", 2);
        Scene.awaitStatus(bad, WorkflowStatus.FAILED);
        list.openQueue(scene.queue());
        assertThat(list.rows()).hasCount(2);
        assertThat(list.rows().nth(0)).containsText(bad.workflowId());
        assertThat(list.rows().nth(0)).containsText("Failed");
        assertThat(list.rows().nth(0)).containsText("a bug in step 2");
        assertThat(list.rows().nth(1)).containsText("Completed");
        assertThat(list.rows().nth(1)).containsText(SteppedWorkflow.TYPE);
        assertThat(console.text("2 workflows match")).isVisible();
    }

    @Test
    void shouldFilterByStatusWithLiveCountsAndInTheAddress() {
        scene.work(new SteppedWorkflow(ran).failingAt(2));
        scene.startSteps("good", 1).result(Scene.PATIENCE);
        WorkflowHandle<String> bad = scene.startSteps("bad", 2);
        Scene.awaitStatus(bad, WorkflowStatus.FAILED);
        list.openQueue(scene.queue());
        assertThat(list.status("Completed")).containsText("1");
        list.status("Failed").click();
        assertThat(list.rows()).hasCount(1);
        assertThat(list.status("Failed")).hasAttribute("aria-pressed", "true");
        assertThat(console.page()).hasURL(Pattern.compile("status=FAILED"));
        console.page().reload();
        assertThat(list.rows()).hasCount(1);
        assertThat(list.row(bad.workflowId())).isVisible();
        Scene.awaitStatus(startFailing("worse"), WorkflowStatus.FAILED);
        assertThat(list.status("Failed")).containsText("2");
        assertThat(list.rows()).hasCount(2);
        console.page().goBack();
        assertThat(list.rows()).hasCount(3);
    }

    private WorkflowHandle<String> startFailing(String name) {
        return scene.startSteps(name, 2);
    }

    @Test
    void shouldOpenAnExactIdAndTakeOtherTextAsItsBeginning() {
        List<String> ids = waiting("alpha-1", "alpha-2", "beta");
        list.openQueue(scene.queue());
        assertThat(list.rows()).hasCount(3);
        console.expectErrors("status of 404 .*/workflows/alpha");
        list.find("alpha");
        assertThat(list.rows()).hasCount(2);
        assertThat(console.page()).hasURL(Pattern.compile("idPrefix=alpha"));
        list.find(ids.get(2));
        assertThat(console.page()).hasURL(Pattern.compile("#/workflows/" + ids.get(2) + "$"));
    }

    @Test
    void shouldCombineAllConditionsAndTakeThemAway() {
        StartOptions options =
                scene.options("tagged").attribute("customer", "17").applicationVersion("2.1");
        scene.start(options, SteppedWorkflow.TYPE, 1);
        waiting("plain");
        list.openQueue(scene.queue());
        assertThat(list.rows()).hasCount(2);
        console.button("More conditions").click();
        console.exactField("Attribute").fill("customer=17");
        console.exactField("Attribute").press("Enter");
        assertThat(list.rows()).hasCount(1);
        console.exactField("Version").fill("2.1");
        console.exactField("Version").press("Enter");
        console.exactField("Created after").fill("2020-01-01T00:00");
        assertThat(console.page()).hasURL(Pattern.compile("createdAfter=20"));
        assertThat(list.rows()).hasCount(1);
        console.exactField("Created before").fill("2020-01-02T00:00");
        assertThat(console.heading("No workflow matches")).isVisible();
        console.button("Remove created before").click();
        assertThat(list.rows()).hasCount(1);
        console.button("Remove customer = 17").click();
        console.button("Remove version 2.1").click();
        assertThat(list.rows()).hasCount(2);
    }

    @Test
    void shouldKeepWhatSomebodyTypesWhenTheListChanges() {
        waiting("first");
        list.openQueue(scene.queue());
        assertThat(list.rows()).hasCount(1);
        console.button("More conditions").click();
        console.exactField("Version").fill("2.1");
        waiting("second");
        assertThat(list.status("Enqueued")).containsText("2");
        console.exactField("Version").press("Enter");
        assertThat(console.page()).hasURL(Pattern.compile("version=2.1"));
    }

    /** As a script of the browser, or somebody on a slow machine, does it: the second before anything is drawn after the first. */
    @Test
    void shouldTakeTwoConditionsAtOnce() {
        list.openQueue(scene.queue());
        console.button("More conditions").click();
        assertThat(console.exactField("Parent id")).isVisible();
        console.page().evaluate("""
                () => ['Version', 'Parent id'].forEach((label) => {
                  const field = [...document.querySelectorAll('label')].find((each) => each.innerText === label).querySelector('input');
                  field.value = '2.1';
                  field.dispatchEvent(new Event('change'));
                })""");
        assertThat(console.button("Remove version 2.1")).isVisible();
        assertThat(console.button("Remove parent 2.1")).isVisible();
    }

    @Test
    void shouldSayWhereAnAttributeIsWrittenWrongly() {
        list.openQueue(scene.queue());
        console.button("More conditions").click();
        console.exactField("Attribute").fill("customer");
        console.exactField("Attribute").press("Enter");
        assertThat(console.text("Write it as name=value")).isVisible();
    }

    @Test
    void shouldKeepFiltersUnderNames() {
        waiting("one");
        list.open("queue=" + scene.queue() + "&status=ENQUEUED");
        console.button("Saved filters").click();
        console.field("Save the present filter as").fill("What waits");
        console.dialog()
                .getByText("Save", new Locator.GetByTextOptions().setExact(true))
                .click();
        console.page().keyboard().press("Escape");
        console.open("#/workers");
        list.open("");
        console.page().reload();
        console.button("Saved filters (1)").click();
        console.link("What waits").click();
        assertThat(list.status("Enqueued")).hasAttribute("aria-pressed", "true");
        assertThat(list.rows()).hasCount(1);
        console.button("Saved filters (1)").click();
        console.button("Rename What waits").click();
        console.field("New name").fill("Waiting");
        console.field("New name").press("Enter");
        console.button("Delete Waiting").click();
        assertThat(console.text("None yet.")).isVisible();
    }

    @Test
    void shouldUpdateRowsInTheirPlaces() {
        Gate gate = scene.gate();
        String waiting = waiting("later").get(0);
        list.openQueue(scene.queue());
        assertThat(list.row(waiting)).containsText("Enqueued");
        scene.work(new SteppedWorkflow(ran).inside(1, gate::pass));
        assertThat(list.row(waiting)).containsText("Running");
        gate.open();
        assertThat(list.row(waiting)).containsText("Completed");
        assertThat(list.status("Completed")).containsText("1");
    }

    @Test
    void shouldAnnounceNewOnesAndNotMoveRowsThatSomebodyPointsAt() {
        String first = waiting("first").get(0);
        list.openQueue(scene.queue());
        list.row(first).hover();
        waiting("second", "third");
        Locator announcement = console.button("2 new");
        assertThat(announcement).isVisible();
        assertThat(list.rows()).hasCount(1);
        announcement.click();
        assertThat(list.rows()).hasCount(3);
        assertThat(list.rows().nth(2)).containsText(first);
    }

    @Test
    void shouldPutNewOnesInAtOnceAtTheTop() {
        list.openQueue(scene.queue());
        assertThat(console.heading("No workflow matches")).isVisible();
        waiting("first");
        assertThat(list.rows()).hasCount(1);
        waiting("second");
        assertThat(list.rows()).hasCount(2);
    }

    @Test
    void shouldLoadMoreByKeyboard() {
        for (int n = 0; n < 60; n++) {
            scene.startSteps("many-" + n, 1);
        }
        list.openQueue(scene.queue());
        assertThat(list.rows()).hasCount(50);
        console.button("Load more").focus();
        console.page().keyboard().press("Enter");
        assertThat(list.rows()).hasCount(60);
        assertThat(console.text("That is all.")).isVisible();
    }

    @Test
    void shouldShowIdsThatLookLikeMarkupAsText() {
        String hostile = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>"
                + scene.id("");
        scene.start(
                StartOptions.workflowId(hostile).queue(scene.queue()).attribute("<b>", "<i>"), SteppedWorkflow.TYPE, 1);
        list.openQueue(scene.queue());
        assertThat(list.row(hostile)).isVisible();
        assertThat(console.page().locator("main img, main script")).hasCount(0);
        list.select(hostile).check();
        list.command("Cancel").click();
        assertThat(console.dialog()).containsText(hostile);
        assertThat(console.page().locator("main img, dialog img, dialog script"))
                .hasCount(0);
        assertThat(console.page()).hasTitle("Workflows - Millrace");
        console.page().keyboard().press("Escape");
        list.find(hostile);
        assertThat(console.page()).hasTitle(hostile + " - Millrace");
        assertThat(console.page().getByRole(AriaRole.ALERT)).hasCount(0);
    }
}
