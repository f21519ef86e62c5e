package io.millrace.worker;

import org.jspecify.annotations.Nullable;

/**
 * The code of a workflow type.
 *
 * <p>It may be run again from the beginning at any time, in any worker: steps that are on record then return what they returned
 * the first time. So everything that is slow, that touches the outside or that may come out differently belongs into a
 * {@linkplain WorkflowContext#step step}, and the code between the steps must do the same whenever it is given the same.
 * Randomness and the time come from the context.
 *
 * <pre>{@code
 * Workflow<Order, Receipt> checkout = (ctx, order) -> {
 *     Receipt receipt = ctx.step("charge", Receipt.class, () -> payments.charge(order));
 *     ctx.sleep(Duration.ofDays(1));
 *     ctx.step("ask for a review", () -> mail.askForReview(order));
 *     return receipt;
 * };
 * }</pre>
 *
 * @param <I> the input; a workflow that was started without one sees null
 * @param <O> the output; null is allowed
 */
@FunctionalInterface
public interface Workflow<I extends @Nullable Object, O extends @Nullable Object> {
    /**
     * Runs the workflow.
     *
     * @return the output, which the worker's codec must be able to write
     * @throws Exception whatever is thrown fails the workflow, and its type and message are recorded
     */
    O run(WorkflowContext ctx, I input) throws Exception;
}
