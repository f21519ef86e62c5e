package io.millrace.engine.listing;

/**
 * The names that rows share, and how a row's are told by numbers.
 *
 * @param types of workflows
 * @param owners workers that something is granted to
 */
record Columns(Names types, Names queues, Names versions, Names owners) {
    Columns() {
        this(new Names(), new Names(), new Names(), new Names());
    }
}
