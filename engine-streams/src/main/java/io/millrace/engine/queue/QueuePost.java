package io.millrace.engine.queue;

import io.millrace.engine.machine.Message;
import io.millrace.schemas.QueueSettings;

/** Where queues and their workflows send what they have to say; a part of the transaction that they are in. */
public interface QueuePost {
    /** Sends a message. */
    void send(Message message);

    /** Tells everyone of a queue's settings. */
    void publish(QueueSettings settings);
}
