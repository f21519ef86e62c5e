/**
 * The {@code millrace} command line: a client of the control API over HTTP, and nothing more, so that it starts fast. Start
 * reading at {@link io.millrace.cli.MillraceCli} and {@link io.millrace.cli.Commands}, which knows all commands. What several of them share is in
 * their mixins: {@code CommonOptions}, {@code AccessOptions}, {@code FilterOptions}, {@code WatchOption}, {@code WhyOptions}, {@code Targets},
 * {@code FromOptions}. {@code Server} and below it {@code Http} ask the API; {@code Table}, {@code Screen} and {@code Progress} show what it says.
 *
 * <p>Must not depend on the API's server, on the client, on Kafka or on the engine: only on picocli, Jackson and the JDK.
 */
@NullMarked
package io.millrace.cli;

import org.jspecify.annotations.NullMarked;
