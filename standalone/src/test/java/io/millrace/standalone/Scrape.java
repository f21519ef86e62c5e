package io.millrace.standalone;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scrape shows, read off its text: each family with its type and its labels, and the names of all samples. */
record Scrape(Map<String, Family> families, Set<String> samples) {
    private static final Pattern SAMPLE = Pattern.compile("^([a-z_]+)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"(?:[^\"\\\\]|\\\\.)*\"");

    /** One metric; its labels without the {@code le} of histograms. */
    record Family(String type, Set<String> labels) {}

    static Scrape of(String text) {
        Map<String, Family> families = new TreeMap<>();
        Set<String> samples = new TreeSet<>();
        Family current = null;
        for (String line : text.lines().toList()) {
            if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ");
                current = new Family(words[3], new TreeSet<>());
                families.put(words[2], current);
            }
            Matcher sample = SAMPLE.matcher(line);
            if (current == null || line.startsWith("#") || !sample.matches()) {
                continue;
            }
            samples.add(sample.group(1));
            Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
            while (label.find()) {
                if (!label.group(1).equals("le")) {
                    current.labels().add(label.group(1));
                }
            }
        }
        return new Scrape(families, samples);
    }
}
