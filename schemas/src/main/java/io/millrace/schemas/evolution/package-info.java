/**
 * How the schemas change over time: which record types there are now ({@link io.millrace.schemas.evolution.RecordTypes}), and
 * what they looked like in every release ({@link io.millrace.schemas.evolution.ReleasedSchemas}), so that records written by an
 * older release can be read. A test holds today's schemas FULL_TRANSITIVE against every released one.
 *
 * <p>Must not depend on the serdes or the registry client. Start reading at {@code ReleasedSchemas}.
 */
@NullMarked
package io.millrace.schemas.evolution;

import org.jspecify.annotations.NullMarked;
