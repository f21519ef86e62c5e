/**
 * What the commands have in common on the command line: how they are run, the options that several of them have, how wrong ones are refused, and how a
 * report gets into a file. Start reading at {@link io.millrace.benchmarks.command.Program}.
 */
@NullMarked
package io.millrace.benchmarks.command;

import org.jspecify.annotations.NullMarked;
