/** A workflow that people pause, let go on, resume and rewind, and what is on record of that. */
@NullMarked
package io.millrace.examples.control;

import org.jspecify.annotations.NullMarked;
