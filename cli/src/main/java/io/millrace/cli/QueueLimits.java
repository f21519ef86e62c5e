package io.millrace.cli;

import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads limits of a queue as people write them, and gives them as JSON. */
final class QueueLimits {
    /** That there is no such limit. */
    static final String NONE = "none";

    private QueueLimits() {}

    /** {@code 10}, or {@code none}. */
    static final class OfNumber implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (isNone(text)) {
                return NONE;
            }
            try {
                return Integer.toString(Integer.parseInt(text));
            } catch (NumberFormatException e) {
                throw new TypeConversionException("\"" + text + "\" is neither a whole number nor none");
            }
        }
    }

    /** {@code 100/1s}, {@code 100/PT1S}, or {@code none}. */
    static final class OfRate implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (isNone(text)) {
                return NONE;
            }
            int slash = text.indexOf('/');
            try {
                int permits = Integer.parseInt(text.substring(0, Math.max(slash, 0)));
                Duration period = new Durations().convert(text.substring(slash + 1));
                return "{\"permits\":" + permits + ",\"period\":\"" + period + "\"}";
            } catch (NumberFormatException | TypeConversionException e) {
                throw new TypeConversionException(
                        "\"" + text + "\" is no rate: write it as 100/1s, 5/10m or 100/PT1S, or none");
            }
        }
    }

    private static boolean isNone(String text) {
        return text.toLowerCase(Locale.ROOT).equals(NONE);
    }
}
