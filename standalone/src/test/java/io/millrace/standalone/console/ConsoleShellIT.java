package io.millrace.standalone.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.millrace.standalone.acceptance.SharedMillrace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every page is in: the ways between them, and the colours. */
@NeedsChromium
final class ConsoleShellIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    static final ConsoleServer SERVER = new ConsoleServer(MILLRACE);

    @RegisterExtension
    final ConsolePage console = new ConsolePage(SERVER);

    @Test
    void shouldBeginWithTheWorkflowsAndLeadToEachPage() {
        console.open("");
        assertThat(console.title("Workflows")).isVisible();
        console.link("Queues").click();
        assertThat(console.title("Queues")).isVisible();
        console.link("Workers").click();
        assertThat(console.title("Workers")).isVisible();
        assertThat(console.link("Workers")).hasAttribute("aria-current", "page");
        console.page().goBack();
        assertThat(console.title("Queues")).isVisible();
    }

    @Test
    void shouldSayWhenThereIsNoSuchPage() {
        console.open("#/nowhere");
        assertThat(console.heading("There is no such page")).isVisible();
        console.link("Go to the workflows").click();
        assertThat(console.title("Workflows")).isVisible();
    }

    @Test
    void shouldKeepTheColoursThatWereChosen() {
        console.open("#/workers");
        console.field("Colours").selectOption("dark");
        console.page().reload();
        assertThat(console.page().locator("html")).hasAttribute("data-theme", "dark");
        assertThat(console.field("Colours")).hasValue("dark");
        assertThat(console.page().getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Pages")))
                .isVisible();
    }
}
