package io.millrace.engine.queue;

/** What a queue has of one partition key: who waits, how many run, how many began. A queue without keys has one group. */
final class KeyGroup {
    private final LaneSet waiting = new LaneSet();
    private final RateWindow rate = new RateWindow();
    private int slots;

    /** Whether it is in the line of those that take turns; what cannot begin now is not. */
    private boolean inLine;

    /** Until when its rate holds it back, where somebody has noted that; else {@link Long#MIN_VALUE}. */
    private long heldBackUntilMs = Long.MIN_VALUE;

    LaneSet waiting() {
        return waiting;
    }

    RateWindow rate() {
        return rate;
    }

    int slots() {
        return slots;
    }

    void countSlots(int change) {
        slots += change;
    }

    boolean isInLine() {
        return inLine;
    }

    void setInLine(boolean now) {
        inLine = now;
    }

    long heldBackUntilMs() {
        return heldBackUntilMs;
    }

    void setHeldBackUntilMs(long untilMs) {
        heldBackUntilMs = untilMs;
    }

    /** Whether nothing is to be remembered of it. */
    boolean isUnused() {
        return !inLine && waiting.isEmpty() && slots == 0 && rate.isUnused();
    }
}
