package io.millrace.schemas;

/** The bounds that every part of Millrace holds to. What exceeds one is refused with its size; nothing is cut short. */
public final class Limits {
    /** Largest record on any topic, in bytes: Kafka's own default, so that no broker needs another setting. */
    public static final int MAX_RECORD_BYTES = 1_048_588;

    /** Largest single payload (an input, an output), in bytes: two of them and their frame fit one record. */
    public static final int MAX_PAYLOAD_BYTES = 480 * 1024;

    /**
     * At which size a grant goes on in a further part, in bytes: one more step of the largest size still fits, with the largest failure in
     * characters of three bytes each.
     */
    public static final int GRANT_PART_BYTES = 448 * 1024;

    /** Longest workflow id, command id or worker id, in characters. */
    public static final int MAX_ID_CHARS = 256;

    /** Longest name of a workflow type, step or queue, in characters. */
    public static final int MAX_NAME_CHARS = 256;

    /** Longest reason of a command, in characters. */
    public static final int MAX_REASON_CHARS = 2_000;

    /** Largest sum of the keys and values of a workflow's attributes, in characters. */
    public static final int MAX_ATTRIBUTES_CHARS = 8_192;

    /** Longest message of a recorded failure, in characters; what throws a longer one is told so in the message itself. */
    public static final int MAX_FAILURE_MESSAGE_CHARS = 8_192;

    /** Longest recorded stack trace, in characters. */
    public static final int MAX_STACK_TRACE_CHARS = 8_192;

    /** Most steps of one workflow: a grant of them is read into a worker's memory. */
    public static final int MAX_STEPS = 100_000;

    /**
     * Most bytes of the recorded steps and values of one workflow. A grant carries all of them, and the engine and the worker hold
     * them in memory meanwhile.
     */
    public static final long MAX_HISTORY_BYTES = 64L << 20;

    /** Most facts in one event record. */
    public static final int MAX_FACTS_PER_EVENT = 1_000;

    /** Largest details of a step's heartbeat, in bytes: each that goes on record stays in the history. */
    public static final int MAX_HEARTBEAT_BYTES = 64 * 1024;

    /** Most steps of a workflow that wait at once (sleeps, retries, children): all of them are in the workflow's own row. */
    public static final int MAX_WAITING_STEPS = 500;

    /** Most messages that a workflow keeps before it receives them: they are listed in the workflow's own row. */
    public static final int MAX_PENDING_MESSAGES = 500;

    /** The lowest priority: 1 goes first, and this one last. */
    public static final int MAX_PRIORITY = 1_000_000;

    /** The priority of a workflow that was given none: there is room before it and behind it. */
    public static final int DEFAULT_PRIORITY = 100;

    /** Most workflows that a limit of a queue can allow at once, and most permits of a rate limit: each that counts is kept on record. */
    public static final int MAX_QUEUE_LIMIT = 1_000_000;

    /** Longest period of a rate limit, in milliseconds: 31 days. */
    public static final long MAX_RATE_PERIOD_MS = 31L * 24 * 60 * 60 * 1000;

    /** Longest {@code traceparent}, in characters: version 00 has 55, and later ones may have a little more. */
    public static final int MAX_TRACE_PARENT_CHARS = 128;

    /** Longest {@code tracestate}, in characters: what W3C Trace Context asks everyone to pass on at least. */
    public static final int MAX_TRACE_STATE_CHARS = 512;

    /**
     * Shortest retention of a workflow, in milliseconds: who has started one must be able to see how it ended, and what its worker had still sent
     * is to have come in before its id is free.
     */
    public static final long MIN_RETENTION_MS = 1_000;

    /** Longest retention of a workflow, in milliseconds: a hundred years of 365 days. Longer is a mistake, and times must not overflow. */
    public static final long MAX_RETENTION_MS = 36_500L * 24 * 60 * 60 * 1000;

    private Limits() {}
}
