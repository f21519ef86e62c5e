/**
 * LittleHorse as one of the systems, used as its documentation says. Compiled against LittleHorse's client, which is Apache-2.0; the server, which is
 * AGPL, is a process that this talks to by gRPC and is on no class path of ours.
 */
@NullMarked
package io.millrace.benchmarks.compare.littlehorse;

import org.jspecify.annotations.NullMarked;
