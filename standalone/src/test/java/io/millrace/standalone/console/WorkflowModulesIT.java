package io.millrace.standalone.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.standalone.acceptance.SharedMillrace;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page of a workflow works out without drawing anything: order, differences, stories. Run in the browser that runs it for users. */
@NeedsChromium
final class WorkflowModulesIT {
    /** Short notations for the tests' tables: steps as {@code begin-end}, an end of {@code ..} for one that lasts. */
    private static final String NOTATIONS = """
            const time = (text) => text === '' || text === '..' ? null : new Date(1000 * Number(text)).toISOString();
            const steps = (text) => text.split(' ').map((each, i) => {
              const [startedAt, completedAt] = each.split('-').map(time);
              return { seq: i + 1, name: `step ${i + 1}`, kind: 'STEP', status: completedAt ? 'COMPLETED' : 'WAITING', startedAt, completedAt };
            });
            """;

    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    static final ConsoleServer SERVER = new ConsoleServer(MILLRACE);

    /** One for all: what is worked out depends on nothing but what it is given. */
    @RegisterExtension
    static final ConsolePage CONSOLE = new ConsolePage(SERVER);

    @BeforeAll
    static void open() {
        CONSOLE.open("#/workflows");
    }

    /** What an expression over a module's exports comes to, as text. */
    private String evaluate(String module, String expression, Object argument) {
        String script = "async (argument) => { const m = await import(new URL('console/" + module
                + "', document.baseURI));" + NOTATIONS + " return String(" + expression + "); }";
        return (String) CONSOLE.page().evaluate(script, argument);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            one after the other               | 0-1 1-2 2-3             | 0:0 1:0<1 2:0<2
            two at once, then one             | 0-1 1-3 2-4 4-5         | 0:0 1:0<1 1:1<1 2:0<2,3
            one beside two that follow        | 0-1 1-9 1-2 2-3 9-10    | 0:0 1:0<1 1:1<1 2:1<3 3:0<2,4
            steps that took no time           | 1-1 1-1 1-1             | 0:0 1:0<1 2:0<2
            one that lasts, and others beside | 0-1 1-.. 1-2 2-3        | 0:0 1:0<1 1:1<1 2:1<3
            one of which nothing is on record | 0-1 -.. 1-2             | 0:0 1:0<1 1:1<1
            """)
    void shouldPutStepsIntoRowsAndColumns(String what, String steps, String places) {
        // A place is row:column<the steps right before it
        String described = "m.arrange(steps(argument)).places.map(({ row, column, after }) =>"
                + " `${row}:${column}${after.length ? '<' + after.map((i) => i + 1).join(',') : ''}`).join(' ')";
        assertEquals(places, evaluate("pages/workflow/order.js", described, steps));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1}           | {"a":1}              | ``
            {"a":1,"b":2}     | {"b":2,"a":1}        | ``
            {"a":1}           | {"a":2}              | changed $.a
            [1,{"x":null}]    | [1,{"x":0},2]        | changed $[1].x;added $[2]
            {"odd key":1}     | {}                   | removed $["odd key"]
            null              | {"a":1}              | changed $
            {"n":1.10}        | {"n":1.1}            | changed $.n
            """)
    void shouldFindWhatDiffersBetweenValues(String before, String after, String found) {
        String script =
                "await (async () => { const { parseExact } = await import(new URL('console/lib/exact.js', document.baseURI));"
                        + " return m.differences(parseExact(argument[0]), parseExact(argument[1])).map(({ kind, path }) => `${kind} ${path}`).join(';'); })()";
        assertEquals(found, evaluate("pages/workflow/json-diff.js", script, new String[] {before, after}));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0-1 1-2 2-3      | 4+
            0-1 1-.. 2-3     | 2+
            0-..             | 1+
            """)
    void shouldAskOnlyForStepsThatMayHaveChanged(String steps, String ranges) {
        String script =
                "m.staleRanges(steps(argument)).map(({ from, limit }) => from + (limit === null ? '+' : `x${limit}`)).join(' ')";
        assertEquals(ranges, evaluate("pages/workflow/steps.js", script, steps));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [["stepAttemptFailed",{"seq":1,"attempt":1,"startedAtMs":1,"completedAtMs":2,"retryAtMs":5,"failure":{}}],["stepCompleted",{"seq":1,"attempt":2,"startedAtMs":5,"completedAtMs":6}]] | attempt 1-2 failed;retryWait 2-5 elapsed;attempt 5-6 completed
            [["sleepStarted",{"seq":1,"startedAtMs":1,"dueAtMs":7}],["stepCompleted",{"seq":1,"attempt":1,"startedAtMs":1,"completedAtMs":7}]] | sleep 1-7 completed
            [["receiveStarted",{"seq":1,"topic":"t","startedAtMs":1,"dueAtMs":7}],["waitElapsed",{"seq":1}]] | receive 1-9 timedOut
            [["messageReceived",{"messageNumber":1}],["receiveStarted",{"seq":1,"topic":"t","startedAtMs":1}],["messageDelivered",{"seq":1,"messageNumber":1}]] | receive 1-9 completed
            [["childStarted",{"seq":1,"start":{},"startedAtMs":1}],["reopened",{"fromStep":2,"droppedSteps":[]}],["childEnded",{"seq":1,"status":"FAILED"}]] | child 1-9 failed
            [["sleepStarted",{"seq":1,"startedAtMs":1,"dueAtMs":7}],["reopened",{"fromStep":1,"droppedSteps":[]}]] | sleep 1-9 dropped
            """)
    void shouldTellTheStoryOfAStep(String facts, String story) {
        String script =
                "m.storiesOf(JSON.parse(argument).map(([type, fact]) => ({ type, at: new Date(9).toISOString(), ...fact }))).get(1)"
                        + ".phases.map(({ kind, from, to, outcome }) => `${kind} ${from}-${to} ${outcome}`).join(';')";
        assertEquals(story, evaluate("pages/workflow/stories.js", script, facts));
    }
}
