package io.millrace.standalone.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.millrace.api.Role;
import io.millrace.api.access.AccessConfig;
import io.millrace.api.access.ApiToken;
import io.millrace.standalone.acceptance.Scene;
import io.millrace.standalone.acceptance.SharedMillrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The console of a server that asks who somebody is, and what each role sees of it. */
@NeedsChromium
final class SignInConsoleIT {
    private static final ApiToken VIEWER = ApiToken.random();
    private static final ApiToken OPERATOR = ApiToken.random();

    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    static final ConsoleServer SERVER =
            new ConsoleServer(MILLRACE, AccessConfig.open().withTokens(tokens()));

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    @RegisterExtension
    final ConsolePage console = new ConsolePage(SERVER);

    private final WorkflowsPage list = new WorkflowsPage(console);

    private static Path tokens() {
        try {
            Path file = Files.createTempFile("millrace-tokens-", ".txt");
            file.toFile().deleteOnExit();
            return Files.write(
                    file,
                    List.of(
                            "vera " + Role.VIEWER.name().toLowerCase() + " " + VIEWER.hash(),
                            "otto " + Role.OPERATOR.name().toLowerCase() + " " + OPERATOR.hash()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signIn(String token) {
        console.dialog().getByLabel("Token").fill(token);
        console.dialog()
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Sign in").setExact(true))
                .click();
    }

    @Test
    void shouldAskForATokenAndForAnotherOneWhenItIsWrong() {
        console.expectErrors("status of 401");
        String workflow = scene.startSteps("one", 1).workflowId();
        list.openQueue(scene.queue());
        assertThat(console.dialog()).containsText("This Millrace asks who you are");
        signIn("not-a-token");
        assertThat(console.dialog()).containsText("The token was not accepted");
        signIn(OPERATOR.secret());
        assertThat(console.dialog()).hasCount(0);
        assertThat(list.row(workflow)).isVisible();
        assertThat(console.text("otto")).isVisible();
        assertFalse(console.page().url().contains(OPERATOR.secret()));
        assertEquals(
                0,
                ((Number) console.page().evaluate("() => localStorage.length")).intValue(),
                "the token is for this tab");
        console.page().reload();
        assertThat(list.row(workflow)).isVisible();
        console.button("Sign out").click();
        assertThat(console.dialog()).containsText("This Millrace asks who you are");
    }

    @Test
    void shouldLetOnlyThoseCommandWhoMay() {
        console.expectErrors("status of 401");
        String workflow = scene.startSteps("one", 1).workflowId();
        list.openQueue(scene.queue());
        signIn(VIEWER.secret());
        list.select(workflow).check();
        assertThat(list.command("Cancel")).isDisabled();
        assertThat(list.selection()).containsText("This needs the role OPERATOR; you (vera) have VIEWER.");
        console.open("#/queues/" + scene.queue() + "?tab=settings");
        assertThat(console.text("This needs the role ADMIN")).isVisible();
        assertThat(console.button("Save settings")).hasCount(0);
        assertThat(console.page().locator("[name=concurrency]")).isDisabled();
    }

    @Test
    void shouldSayWhatToDoWhenNobodySignsIn() {
        console.expectErrors("status of 401");
        console.open("#/queues");
        assertThat(console.dialog()).isVisible();
        console.page().keyboard().press("Escape");
        assertThat(console.text("Sign in with a token that the server knows.")).isVisible();
        console.button("Try again").click();
        signIn(VIEWER.secret());
        assertThat(console.link(scene.queue())).isVisible();
    }
}
