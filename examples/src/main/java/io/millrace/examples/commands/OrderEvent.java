package io.millrace.examples.commands;

/**
 * Something that has happened in a shop, as it would come from a topic of the shop's own.
 *
 * @param orderId the order, after which the workflow is named
 * @param kind what has happened to it
 */
record OrderEvent(String orderId, Kind kind) {
    /** What can happen to an order. */
    enum Kind {
        PLACED,
        WITHDRAWN
    }
}
