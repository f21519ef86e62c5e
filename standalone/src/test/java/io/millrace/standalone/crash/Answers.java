package io.millrace.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Topic;
import io.millrace.standalone.crash.TopicContents.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What was commanded, and what was answered; of each command only what is judged is kept. */
public final class Answers {
    /** One command id. */
    private static final class Asked {
        private final String workflowId;
        private final boolean start;
        private int times;
        private long firstSentAtMs = Long.MAX_VALUE;
        private int answers;
        private CommandOutcome outcome = CommandOutcome.UNKNOWN;
        private boolean contradicted;

        Asked(String workflowId, boolean start) {
            this.workflowId = workflowId;
            this.start = start;
        }

        void sent(long atMs) {
            times++;
            firstSentAtMs = Math.min(firstSentAtMs, atMs);
        }

        void answered(CommandOutcome answer) {
            contradicted |= answers > 0 && answer != outcome;
            answers++;
            outcome = answer;
        }
    }

    private final Map<String, Asked> byCommand = new HashMap<>();
    private final Map<String, CommandOutcome> unasked = new HashMap<>();

    public static Answers read(TopicContents topics) {
        Answers answers = new Answers();
        topics.forEach(Topic.COMMANDS, Command.class, key -> true, answers::onCommand);
        topics.forEach(Topic.REPLIES, CommandReply.class, key -> true, reply -> answers.onReply(reply.value()));
        return answers;
    }

    /** All commands come before all replies. */
    void onCommand(Entry<Command> command) {
        byCommand
                .computeIfAbsent(
                        command.value().getCommandId(),
                        id -> new Asked(command.key(), command.value().getStart() != null))
                .sent(command.sentAtMs());
    }

    void onReply(CommandReply reply) {
        Asked asked = byCommand.get(reply.getCommandId());
        if (asked == null) {
            unasked.put(reply.getCommandId(), reply.getOutcome());
        } else {
            asked.answered(reply.getOutcome());
        }
    }

    int commands() {
        return byCommand.size();
    }

    /** When a command was sent for the first time; the end of time for one that is not known. */
    public long sentAtMs(String commandId) {
        Asked asked = byCommand.get(commandId);
        return asked == null ? Long.MAX_VALUE : asked.firstSentAtMs;
    }

    /** The workflows whose start was accepted. */
    Stream<String> accepted() {
        return byCommand.values().stream()
                .filter(asked -> asked.start && asked.outcome == CommandOutcome.ACCEPTED)
                .map(asked -> asked.workflowId);
    }

    /** Once; a command that was sent again has the same answer again, and no other. */
    void checkEachCommandIsAnsweredOnce() {
        assertEquals(Map.of(), unasked, "answers to what nobody asked");
        List<String> wrong = byCommand.entrySet().stream()
                .filter(entry -> entry.getValue().answers == 0
                        || entry.getValue().answers > entry.getValue().times
                        || entry.getValue().contradicted)
                .map(entry -> entry.getKey() + " was sent " + entry.getValue().times + " times and answered "
                        + entry.getValue().answers + " times"
                        + (entry.getValue().contradicted ? ", not always the same" : ""))
                .toList();
        assertEquals(List.of(), wrong);
        byCommand.forEach((id, asked) -> assertNotEquals(CommandOutcome.UNKNOWN, asked.outcome, id));
        assertTrue(commands() > 0, "nobody commanded anything");
    }
}
