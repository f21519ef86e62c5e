/** An example to copy: a workflow and its test, written with what users have. Must not use anything that is not public. */
@NullMarked
package io.millrace.testkit.example;

import org.jspecify.annotations.NullMarked;
