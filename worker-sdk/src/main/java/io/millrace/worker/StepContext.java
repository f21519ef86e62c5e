package io.millrace.worker;

/**
 * Which step is running, and for which time.
 *
 * @param workflowId the workflow that it belongs to
 * @param seq the step's position in the workflow, from 1
 * @param name the name it was called with
 * @param attempt which attempt this is, from 1
 */
public record StepContext(String workflowId, int seq, String name, int attempt) {
    /**
     * The same for all attempts of this step and different from that of any other step: for a service that recognises repeated
     * requests. (A step may run more than once: a worker can die after the request and before the answer is on record.)
     */
    public String idempotencyKey() {
        return workflowId + "/" + seq;
    }
}
