package io.millrace.standalone.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.millrace.standalone.acceptance.Scene;
import io.millrace.standalone.acceptance.SharedMillrace;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the console says when there is nothing, or something is wrong, and that it goes on by itself. */
@NeedsChromium
final class TroubledConsoleIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    static final ConsoleServer SERVER = new ConsoleServer(MILLRACE);

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    @RegisterExtension
    final ConsolePage console = new ConsolePage(SERVER);

    private final WorkflowsPage list = new WorkflowsPage(console);

    private void answer(String path, int status, String body) {
        console.page()
                .route(
                        path,
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setStatus(status)
                                .setContentType("application/json")
                                .setBody(body)));
    }

    @Test
    void shouldGoOnByItselfWhenTheServerIsBack() {
        console.expectErrors("ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|Failed to load resource");
        String before = scene.startSteps("before", 1).workflowId();
        list.openQueue(scene.queue());
        assertThat(list.row(before)).isVisible();
        assertThat(console.page().locator(".live")).hasText("Live");
        SERVER.goAway();
        try {
            assertThat(console.text("The Millrace server does not answer.")).isVisible();
            assertThat(console.page().locator(".live")).hasText("Offline");
            assertThat(list.row(before)).isVisible();
        } finally {
            SERVER.comeBack();
        }
        String after = scene.startSteps("after", 1).workflowId();
        assertThat(list.row(after)).isVisible();
        assertThat(console.text("The Millrace server does not answer.")).hasCount(0);
        assertThat(console.page().locator(".live")).hasText("Live");
    }

    @Test
    void shouldTellNoWorkflowsAtAllFromNoneThatMatch() {
        answer("**/api/v1/workflows?limit=50", 200, "{\"items\": []}");
        answer("**/api/v1/workflows:count", 200, "{\"total\": 0, \"byStatus\": {}, \"byName\": {}, \"byWorker\": {}}");
        console.open("#/workflows");
        assertThat(console.heading("No workflows yet")).isVisible();
        assertThat(console.text("./millrace workflow start demo.checkout")).isVisible();
        list.openQueue(scene.queue());
        assertThat(console.heading("No workflow matches")).isVisible();
        console.button("Clear all conditions").click();
        assertThat(console.heading("No workflows yet")).isVisible();
    }

    @Test
    void shouldTryAgainByItselfWhenTheEngineIsAway() {
        console.expectErrors("status of 503");
        AtomicBoolean away = new AtomicBoolean(true);
        String workflow = scene.startSteps("one", 1).workflowId();
        console.page().route("**/api/v1/workflows?**", route -> {
            if (away.get()) {
                route.fulfill(
                        new Route.FulfillOptions()
                                .setStatus(503)
                                .setContentType("application/problem+json")
                                .setBody(
                                        "{\"title\": \"Service Unavailable\", \"status\": 503, \"detail\": \"no engine answers\"}"));
            } else {
                route.resume();
            }
        });
        list.openQueue(scene.queue());
        assertThat(console.page().getByRole(AriaRole.ALERT)).containsText("no engine answers");
        assertThat(console.text("This page tries again by itself.")).isVisible();
        away.set(false);
        assertThat(list.row(workflow)).isVisible();
        assertThat(console.page().getByRole(AriaRole.ALERT)).hasCount(0);
    }

    @Test
    void shouldShowWhyAFilterIsRefused() {
        console.expectErrors("status of 400");
        list.open("createdAfter=yesterday");
        assertThat(console.page().getByRole(AriaRole.ALERT))
                .containsText("createdAfter must be an RFC 3339 time");
    }
}
