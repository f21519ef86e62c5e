/**
 * What the tests of all packages share: sample records, a seeded source of chance, a store in memory. Nothing here may know the topology
 * or start anything.
 */
@NullMarked
package io.millrace.engine.testing;

import org.jspecify.annotations.NullMarked;
