package io.millrace.standalone.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.millrace.client.QueueOptions;
import io.millrace.standalone.acceptance.Scene;
import io.millrace.standalone.acceptance.SharedMillrace;
import io.millrace.standalone.acceptance.SteppedWorkflow;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Queues: what waits and why, charts, settings. */
@NeedsChromium
final class QueueConsoleIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    static final ConsoleServer SERVER = new ConsoleServer(MILLRACE);

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    @RegisterExtension
    final ConsolePage console = new ConsolePage(SERVER);

    private Locator row(String text) {
        return console.page()
                .locator("tbody")
                .getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHas(console.link(text)));
    }

    private Locator tab(String name) {
        return console.page().getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name));
    }

    private void openQueue(String query) {
        console.open("#/queues/" + scene.queue() + query);
    }

    private QueueOptions options() {
        return scene.client().queue(scene.queue()).orElseThrow().options();
    }

    private void prioritized() {
        scene.client()
                .setQueue(scene.queue(), QueueOptions.unlimited().concurrency(3).priorities());
    }

    @Test
    void shouldListQueuesAndSayWhyNothingBegins() {
        prioritized();
        scene.startSteps("waits", 1);
        console.open("#/queues");
        Locator queue = row(scene.queue());
        assertThat(queue).containsText("3 at once, priorities");
        assertThat(queue).containsText("none is alive");
        console.link(scene.queue()).click();
        assertThat(console.heading(scene.queue())).isVisible();
        assertThat(console.page().locator(".why-not")).containsText("none is alive");
    }

    @Test
    void shouldShowWhatWaitsInOrderAndActOnIt() {
        prioritized();
        String last = scene.start(scene.options("last").priority(500), SteppedWorkflow.TYPE, 1)
                .workflowId();
        String first = scene.start(scene.options("first").priority(10), SteppedWorkflow.TYPE, 1)
                .workflowId();
        openQueue("");
        Locator rows = console.page().locator(".enqueued tbody tr");
        assertThat(rows).hasCount(2);
        assertThat(rows.nth(0)).containsText(first);
        console.button("Priority " + last).click();
        console.dialog().getByLabel("Priority, 1").fill("1");
        console.dialog()
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Set priority"))
                .click();
        assertThat(console.dialog()).hasCount(0);
        assertThat(rows.nth(0)).containsText(last);
        console.button("Cancel " + first).click();
        console.dialog()
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Cancel").setExact(true))
                .click();
        assertThat(rows).hasCount(1);
        assertThat(console.text("Cancel: accepted.")).isVisible();
    }

    @Test
    void shouldPageThroughWhatWaits() {
        for (int n = 0; n < 55; n++) {
            scene.startSteps("many-" + n, 1);
        }
        openQueue("");
        Locator rows = console.page().locator(".enqueued tbody tr");
        assertThat(rows).hasCount(50);
        console.button("Next").click();
        assertThat(rows).hasCount(5);
        assertThat(console.button("Next")).isDisabled();
        console.button("Previous").click();
        assertThat(rows).hasCount(50);
    }

    @Test
    void shouldChangeSettingsAndShowWhichFieldIsWrong() {
        openQueue("?tab=settings");
        console.exactField("At once").fill("-2");
        console.expectErrors("status of 400");
        console.button("Save settings").click();
        assertThat(console.page().locator(".field .problem")).containsText("concurrency");
        console.page().locator("[name=concurrency]").fill("4");
        console.page().locator("[name=rateLimit]").fill("10");
        console.field("Workflows may have priorities").check();
        console.button("Save settings").click();
        assertThat(console.text("hold now.")).isVisible();
        assertThat(console.page().locator(".numbers")).containsText("4 at once, 10 begin in 1 min, priorities");
        assertEquals(OptionalInt.of(4), options().concurrency());
        assertEquals(10, options().rateLimit().orElseThrow().permits());
        assertTrue(options().hasPriorities());
        console.page().locator("[name=concurrency]").fill("");
        console.button("Save settings").click();
        await("no limit")
                .atMost(Scene.PATIENCE)
                .until(() -> options().concurrency().isEmpty());
    }

    @Test
    void shouldDrawWhatHappensWhileItIsOpen() {
        scene.startSteps("waits", 1);
        openQueue("");
        tab("Charts").click();
        assertThat(console.page()).hasURL(Pattern.compile("tab=charts"));
        assertThat(console.page().locator("canvas")).hasCount(2);
        assertThat(console.page().locator(".legend").first()).containsText("Waiting: 1");
        scene.startSteps("waits-too", 1);
        assertThat(console.page().locator(".legend").first()).containsText("Waiting: 2");
    }

    @Test
    void shouldSayWhenNothingWaitsAndWhenThereIsNoSuchQueue() {
        openQueue("");
        assertThat(console.heading("Nothing waits on this queue")).isVisible();
        console.expectErrors("status of 404");
        console.open("#/queues/no-such-queue");
        assertThat(console.heading("There is no such queue")).isVisible();
    }
}
