/**
 * Tests of the machine. {@link io.millrace.engine.machine.Given} says what has happened, its {@code when} takes one input and returns
 * the whole decision. Start reading at {@code EveryPairTest}, which shows what each input does in each situation.
 */
@NullMarked
package io.millrace.engine.machine;

import org.jspecify.annotations.NullMarked;
