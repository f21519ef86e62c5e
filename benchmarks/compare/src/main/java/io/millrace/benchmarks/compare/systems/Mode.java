package io.millrace.benchmarks.compare.systems;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where workflows run. */
public enum Mode {
    /** In the caller's process. */
    EAGER,
    /** In another process than the caller's. */
    DISPATCHED;

    /** As in the report. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
