package io.millrace.standalone.crash.proxy;

/** How a door treats what goes through it, from harmless to worst. */
public enum Manner {
    /** Passes everything on. */
    OPEN,
    /** Holds back everything for {@link Door#DELAY}. */
    SLOW,
    /** Accepts connections and says nothing; what is sent waits until it is over. */
    SILENT,
    /** Resets all connections, in the middle of whatever they carry, and every new one. */
    CUT
}
