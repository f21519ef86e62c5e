package io.millrace.standalone.sample;

/**
 * What {@link StepsWorkflow} returns.
 *
 * @param steps how many steps it has
 * @param run the workflow that finished
 */
public record StepsOutput(int steps, String run) {}
