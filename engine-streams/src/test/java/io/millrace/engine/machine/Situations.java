package io.millrace.engine.machine;

import static io.millrace.engine.testing.Commands.cancel;
import static io.millrace.engine.testing.Commands.pause;
import static io.millrace.engine.testing.Commands.resume;
import static io.millrace.engine.testing.Commands.send;
import static io.millrace.engine.testing.Reports.cancelled;
import static io.millrace.engine.testing.Reports.childStarted;
import static io.millrace.engine.testing.Reports.messageSent;
import static io.millrace.engine.testing.Reports.receiveStarted;
import static io.millrace.engine.testing.Reports.toldAt;
import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.failed;
import static io.millrace.engine.testing.Samples.parked;
import static io.millrace.engine.testing.Samples.released;
import static io.millrace.engine.testing.Samples.sleepStarted;
import static io.millrace.engine.testing.Samples.workflowStarted;

import io.millrace.engine.testing.Transfers;
import io.millrace.schemas.RecoveryExhausted;
import io.millrace.schemas.Start;
import io.millrace.schemas.WorkflowStarted;
import io.millrace.schemas.WorkflowTimedOut;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every situation that a workflow can be in. Its parent is "parent-1", and where it has a child, that is "child-1" in step 1. */
final class Situations {
    static final String PARENT = "parent-1";
    static final int PARENT_STEP = 3;
    static final String CHILD = "child-1";

    /** The one that the others are seen against: most are closed, and what those do is usual. */
    static final String USUAL = "completed";

    private Situations() {}

    static Map<String, Given> all() {
        Map<String, Given> situations = new LinkedHashMap<>();
        situations.put("there is none", Given.nothing());
        situations.put("delayed", started(Given.NOW - Given.BEGINNING));
        situations.put("enqueued", enqueued());
        situations.put("expedited", enqueued().then(resume("h")));
        situations.put("being copied", Given.nothing().then(copyBegins()));
        situations.put("running", running());
        situations.put("running, let go of", running().and(released()));
        situations.put("running, parked", parkedInASleep());
        situations.put("receiving, parked", receiving());
        situations.put(
                "message unseen", receiving().then(send("m", "orders", "hi")).and(Given.granted("w1", 1, 5)));
        situations.put("running, lost often", lostOften());
        situations.put("sending", running().and(messageSent(1, "other-1", "orders", "hi")));
        situations.put("child open", running().and(childStarted(1, CHILD)));
        putPaused(situations);
        putCancelled(situations);
        putClosed(situations);
        return situations;
    }

    private static void putPaused(Map<String, Given> situations) {
        situations.put("paused, delayed", started(Given.NOW - Given.BEGINNING).then(pause("p")));
        situations.put("paused, enqueued", enqueued().then(pause("p")));
        situations.put("paused, expedited", enqueued().then(resume("h")).then(pause("p")));
        situations.put("paused, running", running().then(pause("p")));
        situations.put("paused, let go of", running().then(pause("p")).and(released()));
        situations.put("paused, parked", parkedInASleep().then(pause("p")));
    }

    private static void putCancelled(Map<String, Given> situations) {
        situations.put("cancelling", running().then(cancel("x")));
        situations.put("cancelling, told", running().then(cancel("x")).and(toldAt(1)));
        situations.put(
                "cancelling, child open", running().and(childStarted(1, CHILD)).then(cancel("x")));
        situations.put("cancelling, let go of", running().then(cancel("x")).and(released()));
        situations.put(
                "cancelling, waits for child",
                running()
                        .and(childStarted(1, CHILD))
                        .then(cancel("x"))
                        .and(toldAt(2))
                        .and(cancelled(2)));
    }

    private static void putClosed(Map<String, Given> situations) {
        situations.put("completed", running().and(completed(0)));
        situations.put("failed", running().and(failed(0)));
        situations.put(
                "failed, child open", running().and(childStarted(1, CHILD)).and(failed(1)));
        situations.put("cancelled", enqueued().then(cancel("x")));
        situations.put("cancelled as a copy", Given.nothing().then(copyBegins()).then(cancel("x")));
        situations.put("terminated", running().terminated());
        situations.put("timed out", running().and(Facts.of(new WorkflowTimedOut(1L))));
        situations.put("retries exhausted", running().and(released()).and(Facts.of(new RecoveryExhausted(3))));
    }

    private static Given enqueued() {
        return started(null);
    }

    private static Given started(Long delayMs) {
        Start start = demo();
        start.setTimeoutMs(Given.NOW - Given.BEGINNING);
        start.setDelayMs(delayMs);
        WorkflowStarted fact = workflowStarted(Given.START_COMMAND, start, 7L);
        fact.setParentWorkflowId(PARENT);
        fact.setParentStep(PARENT_STEP);
        return Given.nothing().and(Facts.of(fact));
    }

    private static Given running() {
        return enqueued().and(Given.granted("w1", 1, 4));
    }

    /** Once more is too often. */
    private static Given lostOften() {
        Given given = running();
        for (int epoch = 2; epoch <= Given.RECOVERY_LIMIT + 1; epoch++) {
            given = given.then(new Input.OwnerLost("w1", false, Given.NOW)).and(Given.granted("w1", epoch, 4 + epoch));
        }
        return given;
    }

    private static Given parkedInASleep() {
        return running().and(sleepStarted(1, Given.NOW), parked(1, Given.NOW));
    }

    private static Given receiving() {
        return running().and(receiveStarted(1, "orders", Given.NOW), parked(1, Given.NOW));
    }

    private static Input copyBegins() {
        return new Input.TransferReceived(Transfers.forkPart("source-1", "fork-1", 1, true, 1), 9, Given.NOW);
    }
}
