package io.millrace.engine.machine;

import static io.millrace.engine.testing.Commands.fork;
import static io.millrace.engine.testing.Reports.childStarted;
import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.eagerlyStarted;
import static io.millrace.engine.testing.Samples.event;
import static io.millrace.engine.testing.Samples.startCommand;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Start;
import io.millrace.schemas.TraceContext;
import io.millrace.schemas.WorkerFact;
import org.junit.jupiter.api.Test;

/** The trace that a start carries, which the engine keeps with it and never looks into. */
class StartTracesTest {
    /** Opaque: it need not even be one. */
    private static final TraceContext TRACE = new TraceContext("a trace", "a state");

    private static final TraceContext OTHER = new TraceContext("another trace", null);

    private final World world = new World();

    @Test
    void shouldKeepTheTraceOfACommandInTheHistory() {
        world.commands("w", startCommand("c", traced(TRACE)));

        assertEquals(TRACE, world.of("w").journal().trace());
        assertNull(world.of("w").journal().linkedTrace());
    }

    @Test
    void shouldKeepTheTraceOfAnEagerStart() {
        world.take("w", new Input.EventReceived(event("w1", 1, eagerlyStarted(traced(TRACE))), 9, Given.NOW));

        assertEquals(TRACE, world.of("w").journal().trace());
    }

    @Test
    void shouldKeepTheTraceThatAParentGivesToItsChild() {
        WorkerFact child = childStarted(1, "child");
        child.getChildStarted().setStart(traced(TRACE));
        world.runs("parent").reports("parent", child);

        assertEquals(TRACE, world.of("child").journal().trace());
    }

    @Test
    void shouldDropATraceThatIsTooLongAndTakeTheStart() {
        TraceContext longest =
                new TraceContext("p".repeat(Limits.MAX_TRACE_PARENT_CHARS), "s".repeat(Limits.MAX_TRACE_STATE_CHARS));
        TraceContext tooLong = new TraceContext(longest.getTraceparent() + "p", null);
        TraceContext longState = new TraceContext("p", longest.getTracestate() + "s");
        world.commands("a", startCommand("a", traced(longest)));
        world.commands("b", startCommand("b", traced(tooLong)));
        world.commands("c", startCommand("c", traced(longState)));

        assertEquals(longest, world.of("a").journal().trace());
        assertEquals(CommandOutcome.ACCEPTED, world.reply("b").getOutcome());
        assertNull(world.of("b").journal().trace());
        assertEquals(new TraceContext("p", null), world.of("c").journal().trace());
    }

    @Test
    void shouldGiveAForkTheTraceOfWhoAsksAndALinkToTheSource() {
        world.commands("s", startCommand("c", traced(TRACE)));
        world.granted("s").reports("s", stepCompleted(1), completed(1));
        world.commands("s", tracedFork("f", "copy", OTHER));

        assertEquals(OTHER, world.of("copy").journal().trace());
        assertEquals(TRACE, world.of("copy").journal().linkedTrace());
    }

    @Test
    void shouldLinkForksOfForksToTheNearestTrace() {
        world.commands("s", startCommand("c", traced(TRACE)));
        world.granted("s").reports("s", completed(0));
        world.commands("s", fork("f", "untraced", 1)).commands("untraced", fork("g", "second", 1));
        world.commands("s", tracedFork("h", "copy", OTHER)).commands("copy", fork("i", "third", 1));

        assertNull(world.of("second").journal().trace());
        assertEquals(TRACE, world.of("second").journal().linkedTrace());
        assertEquals(OTHER, world.of("third").journal().linkedTrace());
    }

    private static Start traced(TraceContext trace) {
        Start start = demo();
        start.setTrace(trace);
        return start;
    }

    private static Command tracedFork(String commandId, String forkId, TraceContext trace) {
        Command command = fork(commandId, forkId, 1);
        command.getFork().setTrace(trace);
        return command;
    }
}
