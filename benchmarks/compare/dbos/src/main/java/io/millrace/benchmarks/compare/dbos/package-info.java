/** DBOS Transact as one of the systems, used as its documentation says. */
@NullMarked
package io.millrace.benchmarks.compare.dbos;

import org.jspecify.annotations.NullMarked;
