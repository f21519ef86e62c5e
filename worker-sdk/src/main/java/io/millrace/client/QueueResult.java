package io.millrace.client;

import java.util.Optional;

/**
 * The engine's answer to a command to a queue that it has accepted.
 *
 * @param commandId the command's own id
 * @param queue the queue's name
 * @param note what else there is to say, for example that nothing has changed
 */
public record QueueResult(String commandId, String queue, Optional<String> note) {}
