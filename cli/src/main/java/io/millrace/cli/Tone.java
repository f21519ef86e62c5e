package io.millrace.cli;

/** How a word is coloured: as the web console does it. */
enum Tone {
    PLAIN(""),
    GREEN("32"),
    RED("31"),
    AMBER("33"),
    BLUE("34"),
    GREY("90");

    private static final char ESCAPE = '\u001b';

    private final String code;

    Tone(String code) {
        this.code = code;
    }

    /** That of a status of a workflow, a step or a worker, or of an outcome. */
    static Tone of(String status) {
        return switch (status) {
            case "COMPLETED", "ALIVE", "accepted", "same" -> GREEN;
            case "FAILED", "TIMED_OUT", "RETRIES_EXHAUSTED", "LOST", "rejected" -> RED;
            case "CANCELLING", "PAUSED", "DELAYED", "RETRYING", "STOPPING", "changed" -> AMBER;
            case "RUNNING", "WAITING" -> BLUE;
            case "ENQUEUED", "CANCELLED", "TERMINATED", "UNKNOWN" -> GREY;
            default -> PLAIN;
        };
    }

    String paint(String text) {
        return code.isEmpty() || text.isEmpty() ? text : ESCAPE + "[" + code + "m" + text + ESCAPE + "[0m";
    }
}
