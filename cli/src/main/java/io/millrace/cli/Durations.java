package io.millrace.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads and writes durations as people type them ({@code 10s}, {@code 5m}, {@code 2d}); reads ISO 8601 ({@code PT10S}), too. */
final class Durations implements ITypeConverter<Duration> {
    /** As people say it, in its two largest units: more of them nobody reads. */
    static String text(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + "d" + (duration.toHoursPart() > 0 ? duration.toHoursPart() + "h" : "");
        } else if (duration.toHours() > 0) {
            return duration.toHours() + "h" + (duration.toMinutesPart() > 0 ? duration.toMinutesPart() + "m" : "");
        } else if (duration.toMinutes() > 0) {
            return duration.toMinutes() + "m" + (duration.toSecondsPart() > 0 ? duration.toSecondsPart() + "s" : "");
        }
        return duration.toSeconds() + "s";
    }

    /** As it can be read again: as people say it where that is all there is to say, else as ISO 8601. */
    static String exact(Duration duration) {
        if (!duration.equals(Duration.ofSeconds(duration.toSeconds()))) {
            return duration.toString();
        }
        String text = text(duration);
        return new Durations().convert(text).equals(duration) ? text : duration.toString();
    }

    @Override
    public Duration convert(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        try {
            if (upper.startsWith("P")) {
                return Duration.parse(upper);
            }
            int afterDays = upper.indexOf('D') + 1;
            String time = upper.substring(afterDays);
            return Duration.parse("P" + upper.substring(0, afterDays) + (time.isEmpty() ? "" : "T" + time));
        } catch (DateTimeException e) {
            throw new TypeConversionException("\"" + text + "\" is no duration: write it as 10s, 5m or PT1H30M");
        }
    }
}
