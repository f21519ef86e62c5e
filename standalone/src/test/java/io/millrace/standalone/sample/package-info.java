/** Tests of the sample workflows, run on a journal in memory: see {@code JournalContext}. */
@NullMarked
package io.millrace.standalone.sample;

import org.jspecify.annotations.NullMarked;
