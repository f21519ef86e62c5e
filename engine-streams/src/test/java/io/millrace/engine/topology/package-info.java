/** Tests of the wiring: the whole topology in Kafka's test driver, with a clock that is advanced by hand. */
@NullMarked
package io.millrace.engine.topology;

import org.jspecify.annotations.NullMarked;
