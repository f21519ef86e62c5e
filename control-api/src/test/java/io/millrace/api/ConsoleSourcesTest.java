package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that the console's own sources keep. */
final class ConsoleSourcesTest {
    private static final Path ROOT = Path.of("src", "main", "resources", "io", "millrace", "console");

    /** Ways to make markup or code of a user's text, to reach another host, or to need a looser security policy. */
    private static final Pattern FORBIDDEN = Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write"
            + "|\\beval\\(|new Function|srcdoc|javascript:|https?://(?!www\\.w3\\.org/2000/svg)|style=\"| on[a-z]+=\"");

    private static final Pattern IMPORT = Pattern.compile("(?:from|import) '(\\.[^']+)'");

    private static List<Path> sources(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    @Test
    void shouldNeverMakeMarkupOfText() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources("")) {
            if (Files.isRegularFile(file)) {
                FORBIDDEN
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(match -> found.add(ROOT.relativize(file) + ": " + match.group()));
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void shouldImportOnlyWhatIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        int imports = 0;
        for (Path file : sources(".js")) {
            Matcher matcher = IMPORT.matcher(Files.readString(file));
            while (matcher.find()) {
                imports++;
                if (!Files.isRegularFile(file.resolveSibling(matcher.group(1)))) {
                    missing.add(ROOT.relativize(file) + " imports " + matcher.group(1));
                }
            }
        }
        assertTrue(imports > 0, "no imports found");
        assertEquals(List.of(), missing);
    }

    @Test
    void shouldSayAtTheTopOfEachFileWhatItIsFor() throws IOException {
        List<Path> silent = new ArrayList<>();
        for (Path file :
                Stream.concat(sources(".js").stream(), sources(".css").stream()).toList()) {
            if (!Files.readString(file).startsWith(file.toString().endsWith(".js") ? "// " : "/* ")) {
                silent.add(ROOT.relativize(file));
            }
        }
        assertEquals(List.of(), silent);
    }
}
