package io.millrace.worker.internal.replay;

/**
 * The first place where code and record differ.
 *
 * @param position the number of the step
 * @param expected what is on record there, in words
 * @param found what the code did, in words
 */
public record Difference(int position, String expected, String found) {}
