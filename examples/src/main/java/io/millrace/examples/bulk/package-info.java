/** One command for many workflows. */
@NullMarked
package io.millrace.examples.bulk;

import org.jspecify.annotations.NullMarked;
