package io.millrace.standalone.upgrade;

import static io.millrace.standalone.upgrade.Act.awaitBegun;
import static io.millrace.standalone.upgrade.Act.awaitFact;
import static io.millrace.standalone.upgrade.Act.awaitStatus;
import static io.millrace.standalone.upgrade.Act.cancelByRecord;
import static io.millrace.standalone.upgrade.Act.command;
import static io.millrace.standalone.upgrade.Act.commandAll;
import static io.millrace.standalone.upgrade.Act.exhaust;
import static io.millrace.standalone.upgrade.Act.fork;
import static io.millrace.standalone.upgrade.Act.holds;
import static io.millrace.standalone.upgrade.Act.inTurn;
import static io.millrace.standalone.upgrade.Act.isStill;
import static io.millrace.standalone.upgrade.Act.message;
import static io.millrace.standalone.upgrade.Act.openGate;
import static io.millrace.standalone.upgrade.Act.start;
import static io.millrace.standalone.upgrade.Act.startByRecord;
import static io.millrace.standalone.upgrade.Act.startSample;
import static io.millrace.standalone.upgrade.Act.to;

import java.util.List;
import java.util.stream.Stream;

/** What a build leaves to the next one: workflows in every status, and everything that an engine stores of them. */
final class Scenes {
    /** The value that workflows set. */
    static final String VALUE = "progress";

    /** The deduplication id that one workflow holds. */
    static final String HELD_ID = "the only one";

    private static final String WAITS_FOR_MESSAGE = "step; receive approval; step";
    private static final String BULK = "bulk-";
    private static final String ON_LIMITED = "\"queue\": \"" + Installation.ONE_AT_A_TIME + "\"";

    private Scenes() {}

    /** In the order in which they are started, and in which they go on. */
    static List<Scene> all() {
        return Stream.of(ended(), stopped(), underWay(), related(), onLimitedQueue(), timed())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Scene> ended() {
        return List.of(
                Scene.of(
                                "completed",
                                start("step; value " + VALUE + "; uuid; step", "\"attributes\": {\"for\": \"Ada\"}"))
                        .is("COMPLETED")
                        .after(fork(2, "fork-after")),
                Scene.of("failed", start("step; fail; step"))
                        .is("FAILED")
                        .after(openGate(), command("resume"))
                        .ends("COMPLETED"),
                Scene.of("timed-out", start(WAITS_FOR_MESSAGE, "\"timeout\": \"PT1S\""))
                        .is("TIMED_OUT"),
                Scene.of("exhausted", start("gate; step"))
                        .before(exhaust())
                        .is("RETRIES_EXHAUSTED")
                        .after(openGate(), command("resume"))
                        .ends("COMPLETED"));
    }

    private static List<Scene> stopped() {
        return List.of(
                Scene.of("cancelled", start(WAITS_FOR_MESSAGE))
                        .before(awaitFact("parked"), command("cancel", "{\"reason\": \"not wanted\"}"))
                        .is("CANCELLED")
                        .after(command("resume"), message("approval"))
                        .ends("COMPLETED"),
                Scene.of("terminated", start(WAITS_FOR_MESSAGE))
                        .before(awaitFact("parked"), command("terminate"))
                        .is("TERMINATED")
                        .after(command("resume"), message("approval"))
                        .ends("COMPLETED"),
                Scene.of("cancelled-by-record", startByRecord(WAITS_FOR_MESSAGE))
                        .before(awaitFact("parked"), cancelByRecord(1))
                        .is("CANCELLED")
                        .after(cancelByRecord(2)),
                Scene.of("paused", start(WAITS_FOR_MESSAGE))
                        .before(awaitFact("parked"), command("pause"))
                        .is("PAUSED")
                        .after(message("approval"), command("unpause"))
                        .ends("COMPLETED"),
                Scene.of(BULK + "1", start(WAITS_FOR_MESSAGE))
                        .before(awaitFact("parked"))
                        .ends("TERMINATED"),
                Scene.of(BULK + "2", start(WAITS_FOR_MESSAGE))
                        .before(awaitFact("parked"), commandAll("cancel", BULK))
                        .is("CANCELLED")
                        .after(commandAll("resume", BULK), commandAll("terminate", BULK))
                        .ends("TERMINATED"));
    }

    private static List<Scene> underWay() {
        return List.of(
                Scene.of("running", start("step; value " + VALUE + "; uuid; gate; step"))
                        .before(awaitBegun(3, 1))
                        .is("RUNNING")
                        .after(openGate())
                        .ends("COMPLETED"),
                Scene.of("cancelling", start("step; gate; step"))
                        .before(awaitBegun(2, 1), command("cancel"))
                        .is("CANCELLING")
                        .after(openGate())
                        .ends("CANCELLED"),
                Scene.of("waiting", start(WAITS_FOR_MESSAGE))
                        .before(awaitFact("parked"))
                        .is("RUNNING")
                        .after(message("approval"))
                        .ends("COMPLETED"),
                // The message that it has already comes once more, and is no second one.
                Scene.of("addressed", start("step; gate; receive approval; step"))
                        .before(awaitBegun(2, 1), message("approval"))
                        .is("RUNNING")
                        .after(message("approval"), openGate())
                        .ends("COMPLETED"),
                Scene.of("asleep-for-long", start("step; sleep PT1H; step"))
                        .before(awaitFact("parked"))
                        .is("RUNNING")
                        .after(command("cancel"))
                        .ends("CANCELLED"),
                Scene.of("delayed-for-long", start("step", "\"delay\": \"PT1H\""))
                        .is("DELAYED")
                        .after(command("resume"))
                        .ends("COMPLETED"));
    }

    private static List<Scene> related() {
        return List.of(
                Scene.of("parent", start("step; child step; child step+receive approval+step; await; step"))
                        .before(to("parent/2", awaitStatus("COMPLETED")), awaitFact("parked"))
                        .is("RUNNING")
                        .after(to("parent/3", message("approval")))
                        .ends("COMPLETED"),
                Scene.of("source", start("step; uuid; step; step"))
                        .before(awaitStatus("COMPLETED"), fork(2, "fork-before"))
                        .is("COMPLETED")
                        .after(command("rewind", "{\"startStep\": 3}")));
    }

    /** One has the only slot, in the middle of a step; of those behind it, the one that came last goes first. */
    private static List<Scene> onLimitedQueue() {
        Act startHolder = start("gate", ON_LIMITED + ", \"deduplicationId\": \"" + HELD_ID + "\"");
        return List.of(
                Scene.of("holder", inTurn(startHolder, awaitBegun(1, 1)))
                        .before(holds(HELD_ID))
                        .is("RUNNING")
                        .after(awaitBegun(1, 2), holds(HELD_ID))
                        .ends("COMPLETED"),
                Scene.of("enqueued", start("step", ON_LIMITED))
                        .is("ENQUEUED")
                        .after(isStill("ENQUEUED"))
                        .ends("COMPLETED"),
                Scene.of("preferred", start("step", ON_LIMITED + ", \"priority\": 1"))
                        .is("ENQUEUED")
                        .after(isStill("ENQUEUED"), to("holder", openGate()))
                        .ends("COMPLETED"));
    }

    /** What a clock moves, while there is an engine or while there is none. */
    private static List<Scene> timed() {
        return List.of(
                Scene.of("asleep", start("step; sleep PT12S; step")).before(awaitFact("parked")),
                Scene.of("retrying", start("step; retry; step")).before(awaitFact("parked")),
                Scene.of("delayed", start("step", "\"delay\": \"PT12S\"")),
                Scene.of("sample-checkout", startSample("demo.checkout", "null")),
                Scene.of("sample-steps", startSample("demo.steps", "{\"steps\": 4, \"stepMillis\": 1500}")));
    }
}
