/** Tests of what the engine needs around it, over a real broker in this JVM. */
@NullMarked
package io.millrace.engine.runtime;

import org.jspecify.annotations.NullMarked;
