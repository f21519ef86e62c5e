package io.millrace.examples;

/** What the command line of every example says. */
public final class Arguments {
    private static final String BOOTSTRAP_SERVERS = "--bootstrap-servers";

    private Arguments() {}

    /**
     * Which Kafka: {@code localhost:9092} unless there is {@code --bootstrap-servers host:port,...}.
     *
     * @throws IllegalArgumentException if there is anything else
     */
    public static String bootstrapServers(String... args) {
        if (args.length == 0) {
            return "localhost:9092";
        }
        if (args.length != 2 || !args[0].equals(BOOTSTRAP_SERVERS)) {
            throw new IllegalArgumentException("the only option is " + BOOTSTRAP_SERVERS + " host:port,...");
        }
        return args[1];
    }
}
