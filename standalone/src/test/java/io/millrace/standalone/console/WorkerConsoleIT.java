package io.millrace.standalone.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.millrace.client.WorkflowHandle;
import io.millrace.standalone.acceptance.Gate;
import io.millrace.standalone.acceptance.Ran;
import io.millrace.standalone.acceptance.Scene;
import io.millrace.standalone.acceptance.SharedMillrace;
import io.millrace.standalone.acceptance.SteppedWorkflow;
import io.millrace.worker.Worker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers: who is there, and what each does. */
@NeedsChromium
final class WorkerConsoleIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    static final ConsoleServer SERVER = new ConsoleServer(MILLRACE);

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    @RegisterExtension
    final ConsolePage console = new ConsolePage(SERVER);

    /** The card of the worker of this scene's queue. */
    private Locator card() {
        return console.page()
                .getByRole(AriaRole.ARTICLE)
                .filter(new Locator.FilterOptions().setHas(console.link(scene.queue())));
    }

    @Test
    void shouldShowAWorkerAndWhatItHas() {
        Gate gate = scene.gate();
        Worker worker = scene.work(new SteppedWorkflow(new Ran()).inside(1, gate::pass));
        WorkflowHandle<String> workflow = scene.startSteps("held", 1);
        gate.awaitArrival();
        console.open("#/workers");
        assertThat(card()).containsText("Alive");
        assertThat(card()).containsText("of 16 slots used");
        card().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Show the 1 workflow"))
                .click();
        assertThat(card().getByText(workflow.workflowId())).isVisible();
        gate.open();
        assertThat(card()).containsText("It has no workflows now.");
        card().getByText(SteppedWorkflow.TYPE).click();
        assertThat(console.exactField("Name")).hasValue(SteppedWorkflow.TYPE);
        console.open("#/workers");
        assertThat(card()).containsText("Alive");
        worker.close();
        assertThat(card().getByText("Alive")).hasCount(0);
    }

    @Test
    void shouldSayWhenThereAreNone() {
        console.page()
                .route(
                        "**/api/v1/workers",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("application/json")
                                .setBody("{\"items\": []}")));
        console.open("#/workers");
        assertThat(console.heading("No workers")).isVisible();
    }
}
