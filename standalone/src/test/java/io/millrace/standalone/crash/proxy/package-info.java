/**
 * A TCP proxy that disturbs connections: cuts them, swallows what they carry, or is slow. It needs no privileges, as network namespaces do, and runs wherever
 * Java does. Start reading at {@link io.millrace.standalone.crash.proxy.TcpProxy}.
 *
 * <p>Must not know who talks through it.
 */
@NullMarked
package io.millrace.standalone.crash.proxy;

import org.jspecify.annotations.NullMarked;
