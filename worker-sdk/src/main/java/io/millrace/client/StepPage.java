package io.millrace.client;

import java.util.List;
import java.util.OptionalInt;

/**
 * Some steps of a workflow, in order.
 *
 * @param steps the steps of this page
 * @param nextSeq where the next page begins; empty on the last one
 */
public record StepPage(List<StepDescription> steps, OptionalInt nextSeq) {
    /** Copies the list. */
    public StepPage {
        steps = List.copyOf(steps);
    }
}
