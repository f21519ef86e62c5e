/** Tests of the test kit itself. */
@NullMarked
package io.millrace.testkit;

import org.jspecify.annotations.NullMarked;
