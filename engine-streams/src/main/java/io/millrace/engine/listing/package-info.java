/**
 * All workflows of one partition in memory, in the order of lists, by what lists ask for. Lists and counts are scans of it: 1 to 7 ns for each
 * workflow, whatever the conditions. It is a function of the stored workflows, and gone with the task that it belongs to; see {@code
 * docs/adr/0018-listing.md}.
 *
 * <p>Start reading at {@link io.millrace.engine.listing.WorkflowTable}. Must not depend on Kafka, nor on where workflows are stored.
 */
@NullMarked
package io.millrace.engine.listing;

import org.jspecify.annotations.NullMarked;
