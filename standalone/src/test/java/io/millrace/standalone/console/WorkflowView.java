package io.millrace.standalone.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.WorkflowStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The page of one workflow, as people find their way on it. */
final class WorkflowView {
    private final ConsolePage console;

    WorkflowView(ConsolePage console) {
        this.console = console;
    }

    /** The address of a workflow's page. */
    static String addressOf(String workflowId) {
        return "#/workflows/"
                + URLEncoder.encode(workflowId, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Opens a workflow's page and waits until it shows the workflow. */
    WorkflowView open(WorkflowHandle<?> workflow, String query) {
        console.open(addressOf(workflow.workflowId()) + query);
        assertThat(console.heading(workflow.workflowId())).isVisible();
        return this;
    }

    WorkflowView open(WorkflowHandle<?> workflow) {
        return open(workflow, "");
    }

    /** Waits until the page shows this status. */
    void awaitStatus(WorkflowStatus status) {
        assertThat(console.page().locator(".workflow-title [data-status]")).hasAttribute("data-status", status.name());
    }

    /** Chooses one of the views. */
    Locator view(String name) {
        console.page()
                .getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name))
                .click();
        return console.page().getByRole(AriaRole.TABPANEL);
    }

    /** A step in the graph or in the timeline: a button. */
    Locator step(int seq) {
        return console.page()
                .getByRole(
                        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Step " + seq + ", ")));
    }

    /** What the page tells of the step that is chosen. */
    Locator panel(int seq) {
        return console.page()
                .getByRole(
                        AriaRole.COMPLEMENTARY,
                        new Page.GetByRoleOptions().setName("Step " + seq).setExact(true));
    }

    /** One of the buttons of what can be done with the workflow. */
    Locator action(String name) {
        return console.page()
                .getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("What can be done"))
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** A button of the dialog that is open. */
    Locator inDialog(String button) {
        return console.dialog()
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(button).setExact(true));
    }

    /** How many elements the page has. */
    int elements() {
        return (int) console.page().evaluate("() => document.querySelectorAll('*').length");
    }
}
