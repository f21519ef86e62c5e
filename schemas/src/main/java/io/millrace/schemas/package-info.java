/**
 * The topics of a namespace ({@link io.millrace.schemas.Topic}, {@link io.millrace.schemas.Namespace}) and the records on
 * them, which are generated from the {@code .avdl} files. Start reading at {@code Topic}.
 *
 * <p>Must not depend on anything else of Millrace: everything else depends on it.
 */
@NullMarked
package io.millrace.schemas;

import org.jspecify.annotations.NullMarked;
