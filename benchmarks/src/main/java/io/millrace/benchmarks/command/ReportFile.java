package io.millrace.benchmarks.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A file that a command writes at its end, if it was asked for one. */
public final class ReportFile {
    private ReportFile() {}

    /** Refuses a file that could not be written: that would be known only after all has been measured. */
    public static void check(@Nullable Path file, String option) {
        if (file == null) {
            return;
        }
        Path directory = file.toAbsolutePath().getParent();
        Check.require(
                directory != null && Files.isDirectory(directory) && Files.isWritable(directory),
                option + ": there is no directory " + directory + " to write to");
        Check.require(!Files.isDirectory(file), option + ": " + file + " is a directory, and a file is needed");
    }

    /** Writes a text, and says so. */
    public static void write(@Nullable Path file, Supplier<String> text) throws IOException {
        if (file != null) {
            Files.writeString(file, text.get() + "\n");
            System.err.println("written: " + file);
        }
    }
}
