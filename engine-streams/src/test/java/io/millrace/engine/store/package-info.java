/** Tests of the stores, over one in memory that keeps the order of the real one. */
@NullMarked
package io.millrace.engine.store;

import org.jspecify.annotations.NullMarked;
