package io.millrace.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How to send a message. Immutable: each method returns a changed copy. */
public final class MessageOptions {
    /** Longest topic of a message, key of a message or key of a value, in characters. */
    public static final int MAX_KEY_CHARS = 256;

    private static final MessageOptions NONE = new MessageOptions(CommandOptions.none(), null);

    private final CommandOptions command;
    private final @Nullable String idempotencyKey;

    private MessageOptions(CommandOptions command, @Nullable String idempotencyKey) {
        this.command = command;
        this.idempotencyKey = idempotencyKey;
    }

    /** A message that is another one each time that it is sent. */
    public static MessageOptions none() {
        return NONE;
    }

    /**
     * Messages of the same key are taken once by the same workflow, whoever sends them.
     *
     * @param key 1 to {@link #MAX_KEY_CHARS} characters
     * @throws LimitExceededException if it is longer
     * @throws IllegalArgumentException if it is empty
     */
    public MessageOptions idempotencyKey(String key) {
        checkKey("idempotencyKey", key);
        return new MessageOptions(command, key);
    }

    /** Why, for the workflow's history; as {@link CommandOptions#reason(String)}. */
    public MessageOptions reason(String reason) {
        return new MessageOptions(command.reason(reason), idempotencyKey);
    }

    /** The command's own id; as {@link CommandOptions#commandId(String)}. */
    public MessageOptions commandId(String commandId) {
        return new MessageOptions(command.commandId(commandId), idempotencyKey);
    }

    CommandOptions command() {
        return command;
    }

    Optional<String> idempotencyKey() {
        return Optional.ofNullable(idempotencyKey);
    }

    /** The rule for what workflows name topics and values by: unlike other names, it may be blank, as it may be there. */
    static void checkKey(String what, String key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException(what + " must not be empty");
        }
        LimitExceededException.check(what, key.length(), MAX_KEY_CHARS, "characters");
    }
}
