package io.millrace.standalone.sample;

import java.time.Instant;

/**
 * What each step of {@link StepsWorkflow} returns.
 *
 * @param step the step's number, from 1
 * @param run the workflow that ran it: in a fork, copied steps still name the source
 * @param at when it was run
 */
public record StepOutput(int step, String run, Instant at) {}
