/**
 * What a program uses to start workflows and to look at them. Start reading at {@link io.millrace.client.MillraceClient};
 * what it needs of the engine is the narrow {@link io.millrace.client.EngineConnection}.
 *
 * <p>Must not depend on Kafka (that is {@code io.millrace.client.internal}) nor on the worker's insides.
 */
@NullMarked
package io.millrace.client;

import org.jspecify.annotations.NullMarked;
