/** A workflow that spreads its work over children, and gathers what they return. */
@NullMarked
package io.millrace.examples.children;

import org.jspecify.annotations.NullMarked;
