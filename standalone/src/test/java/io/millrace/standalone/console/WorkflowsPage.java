package io.millrace.standalone.console;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The list of workflows, as a test uses it. */
final class WorkflowsPage {
    private final ConsolePage console;

    WorkflowsPage(ConsolePage console) {
        this.console = console;
    }

    /** Opens it with only the workflows of one queue, which is a scene's own. */
    void openQueue(String queue) {
        open("queue=" + URLEncoder.encode(queue, StandardCharsets.UTF_8));
    }

    void open(String query) {
        console.open("#/workflows?" + query);
    }

    /** The rows of workflows, in their order. */
    Locator rows() {
        return console.page().locator("tbody").getByRole(AriaRole.ROW);
    }

    Locator row(String workflowId) {
        return rows().filter(new Locator.FilterOptions().setHas(console.link(workflowId)));
    }

    Locator status(String status) {
        return console.page()
                .getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Status"))
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(status));
    }

    Locator select(String workflowId) {
        return console.page()
                .getByRole(
                        AriaRole.CHECKBOX,
                        new Page.GetByRoleOptions()
                                .setName("Select " + workflowId)
                                .setExact(true));
    }

    Locator selectAll() {
        return console.page().getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("Select all"));
    }

    /** The bar of what is selected. */
    Locator selection() {
        return console.page().getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Selection"));
    }

    Locator command(String name) {
        return selection()
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Searches by id, or by how ids begin. */
    void find(String text) {
        console.field("Workflow id").fill(text);
        console.field("Workflow id").press("Enter");
    }
}
