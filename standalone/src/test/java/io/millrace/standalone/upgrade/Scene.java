package io.millrace.standalone.upgrade;

import java.util.List;

/**
 * A workflow's story.
 *
 * @param workflowId its id
 * @param start how it begins
 * @param before what more is done with the build before
 * @param status what it is when that build stops; empty where it may come to its end meanwhile
 * @param after what is done with this build
 * @param end the status in which it comes to rest
 */
record Scene(String workflowId, Act start, List<Act> before, String status, List<Act> after, String end) {
    private static final String ANY = "";

    static Scene of(String workflowId, Act start) {
        return new Scene(workflowId, start, List.of(), ANY, List.of(), "COMPLETED");
    }

    Scene before(Act... acts) {
        return new Scene(workflowId, start, List.of(acts), status, after, end);
    }

    /** Also what it ends as, unless something else is said behind it. */
    Scene is(String statusBefore) {
        return new Scene(workflowId, start, before, statusBefore, after, statusBefore);
    }

    Scene after(Act... acts) {
        return new Scene(workflowId, start, before, status, List.of(acts), end);
    }

    Scene ends(String finalStatus) {
        return new Scene(workflowId, start, before, status, after, finalStatus);
    }

    /** Brings it to where the build before leaves it. */
    void play(Installation millrace) {
        before.forEach(act -> act.on(millrace, workflowId));
        if (!status.equals(ANY)) {
            Act.awaitStatus(status).on(millrace, workflowId);
        }
    }

    void goOn(Installation millrace) {
        after.forEach(act -> act.on(millrace, workflowId));
    }

    @Override
    public String toString() {
        return workflowId;
    }
}
