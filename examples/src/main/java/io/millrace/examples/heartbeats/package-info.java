/** A long step that shows it is alive, and goes on where its last attempt was. */
@NullMarked
package io.millrace.examples.heartbeats;

import org.jspecify.annotations.NullMarked;
