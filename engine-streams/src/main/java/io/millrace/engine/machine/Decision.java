package io.millrace.engine.machine;

import io.millrace.schemas.HistoryFact;
import java.util.List;

/**
 * What follows from an input: the facts that change the state, and what to tell whom. An input that is a repetition or is not
 * allowed makes no facts (but for the record of a command).
 *
 * @param facts in order; all of them or none are taken
 * @param messages in order
 */
public record Decision(List<HistoryFact> facts, List<Message> messages) {
    /** Nothing happens. */
    public static final Decision NOTHING = new Decision(List.of(), List.of());

    /** Copies its lists. */
    public Decision {
        facts = List.copyOf(facts);
        messages = List.copyOf(messages);
    }

    static Decision of(HistoryFact fact) {
        return new Decision(List.of(fact), List.of());
    }

    static Decision tell(Message message) {
        return new Decision(List.of(), List.of(message));
    }
}
