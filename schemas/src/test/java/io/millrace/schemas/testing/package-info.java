/** What the tests of several packages need. */
@NullMarked
package io.millrace.schemas.testing;

import org.jspecify.annotations.NullMarked;
