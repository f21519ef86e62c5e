/** Tests of how the parts are put together. */
@NullMarked
package io.millrace.standalone;

import org.jspecify.annotations.NullMarked;
