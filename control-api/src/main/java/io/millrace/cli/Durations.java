package io.millrace.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as people type them ({@code 10s}, {@code 5m}, {@code 2d}) and as ISO 8601 ({@code PT10S}). */
final class Durations implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        try {
            if (upper.startsWith("P")) {
                return Duration.parse(upper);
            }
            return Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
        } catch (DateTimeException e) {
            throw new TypeConversionException("\"" + text + "\" is no duration: write it as 10s, 5m or PT1H30M");
        }
    }
}
