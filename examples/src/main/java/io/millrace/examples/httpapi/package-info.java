/** The REST API, called with what the JDK has. */
@NullMarked
package io.millrace.examples.httpapi;

import org.jspecify.annotations.NullMarked;
