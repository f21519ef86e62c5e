package io.millrace.worker;

import io.millrace.payload.TypeRef;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Messages to and from a running workflow, and values that it shows to those outside. Each call is a step of its own: it is numbered,
 * on record, and not done again.
 *
 * <p>Messages of one topic are received in the order in which they came, each by one step; those of one sender come in the order in
 * which they were sent. A message that comes before somebody waits for it is kept. Names of topics and keys have 1 to 256 characters;
 * all methods throw {@link IllegalArgumentException} otherwise.
 */
public interface Messages {
    /** The topic of messages that name no other. */
    String DEFAULT_TOPIC = "default";

    /**
     * Waits for the next message of a topic. A wait longer than a moment holds no thread and no worker.
     *
     * @param timeout how long at most, from when this was first called here: zero to 100 years; null to wait without limit
     * @return the message; null where none came in time
     */
    <T> @Nullable T receiveOrNull(String topic, Type type, @Nullable Duration timeout);

    /** Waits for the next message of a topic, however long that takes. */
    default <T> T receive(String topic, Class<T> type) {
        return Objects.requireNonNull(receiveOrNull(topic, type, null), "without a limit there is a message");
    }

    /** Waits for the next message of a topic; empty where none came in time. */
    default <T> Optional<T> receive(String topic, Class<T> type, Duration timeout) {
        return Optional.ofNullable(receiveOrNull(topic, type, timeout));
    }

    /** As {@link #receive(String, Class, Duration)}, with a generic type. */
    default <T> Optional<T> receive(String topic, TypeRef<T> type, Duration timeout) {
        return Optional.ofNullable(receiveOrNull(topic, type.type(), timeout));
    }

    /**
     * Sends a message to another workflow and waits until that has taken it.
     *
     * @throws MessageRejectedException if there is no workflow of this id, or it is closed, or it can keep no more messages
     */
    void send(String workflowId, String topic, Object payload);

    /** Sets a value, which those outside read by its key: the last one that was set. Null is a value too. */
    void setValue(String key, @Nullable Object value);
}
