package io.millrace.standalone.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The console in a browser, a fresh one for each test; or one for all tests of a class, where it is a static field. After each test it looks at what the page
 * has logged: any error fails the test, but for those that the test expects.
 */
final class ConsolePage implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    /** Until something that is bound to come has come, also on a machine that does other things. */
    private static final double PATIENCE_MS = 30_000;

    private static final Path SCREENSHOTS = Path.of("target", "console-screenshots");

    /** Whether pages that are as they should be are kept as well: {@code -Dmillrace.screenshots}. Drawing them takes longer than looking at them does. */
    private static final boolean KEEPS_ALL = System.getProperty("millrace.screenshots") != null;

    private final ConsoleServer server;
    private final List<String> errors = new ArrayList<>();
    private final List<Pattern> expected = new ArrayList<>();
    private @Nullable BrowserContext context;
    private @Nullable Page page;
    private boolean isOfAll;

    ConsolePage(ConsoleServer server) {
        this.server = server;
    }

    @Override
    public void beforeAll(ExtensionContext tests) {
        isOfAll = true;
        show(tests);
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        if (!isOfAll) {
            show(test);
        }
    }

    private void show(ExtensionContext test) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        BrowserContext fresh = SharedBrowser.of(test)
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(1280, 800)
                        .setReducedMotion(ReducedMotion.REDUCE));
        fresh.setDefaultTimeout(PATIENCE_MS);
        Page shown = fresh.newPage();
        shown.onConsoleMessage(this::note);
        shown.onPageError(errors::add);
        context = fresh;
        page = shown;
    }

    private void note(ConsoleMessage message) {
        if (message.type().equals("error") || message.text().contains("Content Security Policy")) {
            errors.add(message.text() + " (" + message.location() + ")");
        }
    }

    @Override
    public void afterEach(ExtensionContext test) {
        if (test.getExecutionException().isPresent()) {
            keep("failed-" + test.getRequiredTestClass().getSimpleName() + "-"
                    + test.getDisplayName().replaceAll("\\W", ""));
        }
        if (!isOfAll) {
            close();
        }
        List<String> unexpected = unexpected();
        errors.clear();
        assertEquals(List.of(), unexpected, "what the page has logged");
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        close();
    }

    private void close() {
        Objects.requireNonNull(context).close();
    }

    private List<String> unexpected() {
        return errors.stream()
                .filter(error -> expected.stream()
                        .noneMatch(pattern -> pattern.matcher(error).find()))
                .toList();
    }

    /** Errors of this kind are what the test is about. */
    void expectErrors(String pattern) {
        expected.add(Pattern.compile(pattern));
    }

    /** The browser's page itself. */
    Page page() {
        return Objects.requireNonNull(page, "there is a page while a test runs");
    }

    /** Opens an address of the console: {@code #/workflows?status=FAILED}. */
    void open(String hash) {
        page().navigate(server.url() + hash);
    }

    Locator button(String name) {
        return page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    Locator link(String name) {
        return page().getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator heading(String name) {
        return page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
    }

    /** What the page as a whole is called. */
    Locator title(String name) {
        return page().getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName(name).setLevel(1));
    }

    Locator field(String label) {
        return page().getByLabel(label);
    }

    /** The one whose label is this and nothing more. */
    Locator exactField(String label) {
        return page().getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    Locator text(String text) {
        return page().getByText(text);
    }

    Locator dialog() {
        return page().getByRole(AriaRole.DIALOG);
    }

    /** Another size, in CSS pixels. */
    void resize(int width, int height) {
        page().setViewportSize(width, height);
    }

    void colours(ColorScheme scheme) {
        page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    }

    /** Keeps what is seen, in {@code target/console-screenshots}, if somebody wants to look at it. */
    void screenshot(String name) {
        if (KEEPS_ALL) {
            keep(name);
        }
    }

    private void keep(String name) {
        page().screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    /** What is wrong with how the page is laid out as it is now; see {@link PageLayout}. */
    List<String> flaws() {
        return PageLayout.flaws(page());
    }
}
