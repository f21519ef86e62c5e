package io.millrace.worker.internal.execution;

import io.millrace.client.QueueOptions;
import io.millrace.schemas.Command;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.SetQueue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The queues that a worker takes workflows from, and what its code says of them. Immutable. */
public final class DeclaredQueues {
    /** It always exists, and nobody needs to declare it. */
    public static final String DEFAULT = "default";

    private final Map<String, Optional<QueueOptions>> queues;

    /** By name; a queue without options is to exist, and nothing else is said of it. */
    public DeclaredQueues(Map<String, Optional<QueueOptions>> queues) {
        this.queues = new LinkedHashMap<>(queues);
    }

    List<String> names() {
        return List.copyOf(queues.keySet());
    }

    /** Whether a workflow on this queue may run without the engine having a say: with limits it alone knows how many do. */
    boolean takesEagerly(String queue) {
        Optional<QueueOptions> options = queues.get(queue);
        return options != null && !options.map(QueueOptions::hasLimits).orElse(false);
    }

    /** What is to be sent so that the queues are as the code declares them; each is sent under the name of its queue. */
    List<Command> declarations(String workerId, long nowMs) {
        List<Command> commands = new ArrayList<>();
        queues.forEach((queue, options) -> {
            if (options.isPresent() || !queue.equals(DEFAULT)) {
                Command command = new Command();
                // A worker id names one incarnation, and each declares its queues once.
                command.setCommandId(workerId + "/" + commands.size());
                command.setIssuer("worker " + workerId);
                command.setIssuedAtMs(nowMs);
                command.setSetQueue(new SetQueue(settings(queue, options), true));
                commands.add(command);
            }
        });
        return commands;
    }

    private static QueueSettings settings(String queue, Optional<QueueOptions> options) {
        QueueSettings settings = options.orElse(QueueOptions.unlimited()).toSettings(queue);
        // Absent, it says that nothing but the queue's existence is declared: one that exists keeps what others gave
        // it.
        settings.setDeclared(options.map(QueueOptions::toString).orElse(null));
        return settings;
    }
}
