package io.millrace.cli;

import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows something again whenever it changes: on a terminal in its place, elsewhere as lines. It is woken by the server's events where
 * there are any, and looks by itself from time to time in any case: steps, heartbeats and ages change without an event.
 */
final class Watch {
    /** Without events. */
    private static final Duration POLL = Duration.ofSeconds(2);

    /** With events, for what they do not tell. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    /** Faster than people can read; a burst of events is one look. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final CommonOptions common;
    private final Screen screen;
    private final EventStream events;

    private Map<String, String> shown = new HashMap<>();
    private String lastJson = "";
    private @Nullable String trouble;

    Watch(CommonOptions common, Http http, String filter) {
        this.common = common;
        this.screen = new Screen(common);
        this.events = new EventStream(http, filter);
    }

    /** Returns the exit code when nothing more will happen; whoever does not want to wait for that interrupts the program. */
    int follow(Supplier<View> look) {
        events.open();
        try {
            while (true) {
                View view = lookAgain(look);
                if (view != null) {
                    show(view);
                    if (view.end() != null) {
                        return view.end();
                    }
                }
                Thread.sleep(BETWEEN_LOOKS.toMillis());
                events.await((events.areThere() ? QUIET : POLL).minus(BETWEEN_LOOKS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } finally {
            events.close();
        }
    }

    /** Null where the server is away for now: a watch outlives a restart. */
    private @Nullable View lookAgain(Supplier<View> look) {
        try {
            View view = look.get();
            trouble = null;
            return view;
        } catch (CliException e) {
            boolean neverWorked = shown.isEmpty() && lastJson.isEmpty();
            if (neverWorked || (e instanceof RefusedException refused && refused.isFinal())) {
                throw e;
            }
            if (trouble == null) {
                trouble = String.valueOf(e.getMessage());
                screen.leave();
                common.note("millrace: " + trouble + " Trying again every " + POLL.toSeconds() + " s.");
            }
            return null;
        }
    }

    private void show(View view) {
        if (common.asJson()) {
            if (!view.json().equals(lastJson)) {
                common.print(view.json());
            }
        } else if (common.terminal().showsOutput()) {
            screen.draw(common.render(view.table()));
        } else {
            printChanges(view.lines());
        }
        lastJson = view.json();
        shown = view.lines();
    }

    private void printChanges(Map<String, String> lines) {
        String now = LocalTime.now().truncatedTo(ChronoUnit.SECONDS).toString();
        lines.forEach((name, words) -> {
            if (!words.equals(shown.get(name))) {
                common.print(Table.onOneLine(now + "  " + name + "  " + words));
            }
        });
        shown.keySet().stream()
                .filter(name -> !lines.containsKey(name))
                .forEach(name -> common.print(Table.onOneLine(now + "  " + name + "  is not in the list any more")));
    }
}
