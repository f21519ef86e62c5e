package io.millrace.cli;

import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code last-failure} and {@code last-step}. */
final class StepPoints implements ITypeConverter<FromOptions.Point> {
    @Override
    public FromOptions.Point convert(String text) {
        return Arrays.stream(FromOptions.Point.values())
                .filter(point -> point.toString().equalsIgnoreCase(text.replace('_', '-')))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("\"" + text
                        + "\" is neither last-failure nor last-step; a step's number goes with --from-step"));
    }
}
