@NullMarked
package io.millrace.benchmarks.command;

import org.jspecify.annotations.NullMarked;
