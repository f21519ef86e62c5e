package io.millrace.schemas;

import java.util.regex.Pattern;

/**
 * The prefix of everything that belongs to one Millrace on a Kafka cluster, so that one cluster can hold many.
 *
 * @param name 1 to 100 of the characters that Kafka allows in topic names: letters, digits, {@code . _ -}
 */
public record Namespace(String name) {
    // Before DEFAULT, which is checked against it.
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,100}");

    /** The namespace unless another one is configured. */
    public static final Namespace DEFAULT = new Namespace("millrace");

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if Kafka would not take it as the beginning of a topic name
     */
    public Namespace {
        if (!LEGAL.matcher(name).matches()) {
            throw new IllegalArgumentException("namespace \"" + name
                    + "\" is not usable: 1 to 100 letters, digits, dots, underscores or hyphens are allowed");
        }
    }

    /** The full name of a topic, for example {@code millrace.commands}. */
    public String topic(Topic topic) {
        return name + "." + topic.suffix();
    }
}
