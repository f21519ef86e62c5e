/** Tests of dispatch, without Kafka. Start reading at {@code DispatchLawsTest}, which says what must hold whatever happens. */
@NullMarked
package io.millrace.engine.dispatch;

import org.jspecify.annotations.NullMarked;
