package io.millrace.standalone;

import java.nio.file.Path;

/** Where this process logs. To be chosen before the first logger is made. */
final class LogTarget {
    private static final String CONFIGURATION = "log4j2.configurationFile";
    private static final String FILE = "millrace.log.file";

    private LogTarget() {}

    /** Into a file that is rolled over: the terminal belongs to the user. */
    static void file(Path file) {
        System.setProperty(FILE, file.toString());
        choose("log4j2-file.xml");
    }

    /** To standard error, for processes that a container or a service supervisor watches. */
    static void console() {
        choose("log4j2-console.xml");
    }

    /** A configuration given with {@code -Dlog4j2.configurationFile} is the user's choice and stands. */
    private static void choose(String resource) {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, resource);
        }
    }
}
