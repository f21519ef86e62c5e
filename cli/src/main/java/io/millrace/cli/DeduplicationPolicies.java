package io.millrace.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code reject} and {@code return-existing}, and gives what the API calls them. */
final class DeduplicationPolicies implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
        if (!name.equals("REJECT") && !name.equals("RETURN_EXISTING")) {
            throw new TypeConversionException("\"" + text + "\" is neither reject nor return-existing");
        }
        return name;
    }
}
