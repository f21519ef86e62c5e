/**
 * The {@code millrace} command line: a client of the control API over HTTP, and nothing more, so that it starts fast. Start
 * reading at {@link io.millrace.cli.MillraceCli}. What several commands share is in their mixins: {@code CommonOptions}, {@code
 * WhyOptions}, {@code Targets}, {@code FromOptions}.
 *
 * <p>Must not depend on the API's server, on the client, on Kafka or on the engine: only on picocli, Jackson and the JDK.
 */
@NullMarked
package io.millrace.cli;

import org.jspecify.annotations.NullMarked;
