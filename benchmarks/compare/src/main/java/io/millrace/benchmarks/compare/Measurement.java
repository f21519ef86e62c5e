package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.compare.systems.Mode;

/**
 * One value of one turn.
 *
 * @param turn counted from 1
 * @param system the system's name
 * @param callers at once
 * @param value in the metric's unit
 */
record Measurement(int turn, String system, Mode mode, Metric metric, int callers, double value) {}
