/** Tests of the embedded broker. Start reading at {@code EmbeddedBrokerIT}. */
@NullMarked
package io.millrace.standalone.broker;

import org.jspecify.annotations.NullMarked;
