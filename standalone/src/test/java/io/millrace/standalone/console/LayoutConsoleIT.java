package io.millrace.standalone.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.options.ColorScheme;
import io.millrace.client.QueueOptions;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.standalone.acceptance.Ran;
import io.millrace.standalone.acceptance.Scene;
import io.millrace.standalone.acceptance.SharedMillrace;
import io.millrace.standalone.acceptance.SteppedWorkflow;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each page at the widths of a telephone, a laptop and a very large screen, light and dark, with names as long as they come. */
@NeedsChromium
final class LayoutConsoleIT {
    private static final String LONG = "a-rather-long-name.of.something-that-somebody-has_called_by.all-its-titles";

    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    static final ConsoleServer SERVER = new ConsoleServer(MILLRACE);

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    @RegisterExtension
    final ConsolePage console = new ConsolePage(SERVER);

    private final WorkflowsPage list = new WorkflowsPage(console);

    private String longQueue() {
        String queue = scene.otherQueue(LONG);
        scene.client()
                .setQueue(
                        queue,
                        QueueOptions.unlimited()
                                .concurrency(100_000)
                                .priorities()
                                .partitioned());
        scene.start(
                StartOptions.workflowId(scene.id("0123456789abcdef".repeat(10)))
                        .queue(queue)
                        .applicationVersion("1.0.0-SNAPSHOT+build.20261126.1742.deadbeefdeadbeef")
                        .partitionKey(LONG)
                        .priority(1_000_000),
                LONG,
                1);
        return queue;
    }

    @ParameterizedTest
    @CsvSource({
        "375, 812, LIGHT",
        "375, 812, DARK",
        "1280, 800, LIGHT",
        "1280, 800, DARK",
        "3840, 2160, LIGHT",
        "3840, 2160, DARK"
    })
    void shouldFitEachPage(int width, int height, ColorScheme scheme) {
        scene.work(new SteppedWorkflow(new Ran()).failingAt(2));
        WorkflowHandle<String> failed = scene.startSteps("failed", 2);
        Scene.awaitStatus(failed, WorkflowStatus.FAILED);
        String queue = longQueue();
        console.resize(width, height);
        console.colours(scheme);
        String suffix = "-" + width + "-" + scheme.name().toLowerCase();

        list.open("");
        assertThat(list.row(failed.workflowId())).isVisible();
        check("workflows" + suffix);
        console.button("More conditions").click();
        list.select(failed.workflowId()).check();
        assertThat(list.selection()).isVisible();
        check("workflows-selected" + suffix);
        list.command("Fork from last failure").click();
        assertThat(console.dialog()).containsText("would get this command");
        check("bulk" + suffix);
        console.page().keyboard().press("Escape");

        console.open("#/queues");
        assertThat(console.link(queue)).isVisible();
        check("queues" + suffix);
        console.open("#/queues/" + queue);
        assertThat(console.page().locator(".enqueued tbody tr")).hasCount(1);
        check("queue" + suffix);
        console.open("#/queues/" + queue + "?tab=charts");
        assertThat(console.page().locator("canvas")).hasCount(2);
        check("queue-charts" + suffix);
        console.open("#/queues/" + queue + "?tab=settings");
        assertThat(console.button("Save settings")).isVisible();
        check("queue-settings" + suffix);
        console.open("#/workers");
        assertThat(console.text("Alive").first()).isVisible();
        check("workers" + suffix);
    }

    private void check(String name) {
        console.screenshot(name);
        assertEquals(List.of(), console.flaws(), name);
    }
}
