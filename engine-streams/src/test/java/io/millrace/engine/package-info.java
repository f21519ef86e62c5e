/** Tests of the engine as a whole: over a real broker, and what may depend on what. */
@NullMarked
package io.millrace.engine;

import org.jspecify.annotations.NullMarked;
