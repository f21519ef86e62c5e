/**
 * The engine as a program: {@link io.millrace.engine.MillraceEngine} runs it inside a process.
 * What it does is in the packages below: {@code machine} decides, {@code dispatch} finds workers, {@code store} keeps,
 * {@code topology} wires, {@code runtime} provides topics and watches workers.
 */
@NullMarked
package io.millrace.engine;

import org.jspecify.annotations.NullMarked;
