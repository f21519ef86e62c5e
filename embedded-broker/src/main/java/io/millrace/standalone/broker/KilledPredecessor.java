package io.millrace.standalone.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.controller.Controller;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.storage.internals.checkpoint.CleanShutdownFileHandler;
import org.jspecify.annotations.Nullable;

/**
 * The broker of a process that was killed, as its controller remembers it. No other may register under its id until its session is over; but whoever
 * has the data directory of a broker that is alone knows that nobody else lives.
 */
final class KilledPredecessor {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private KilledPredecessor() {}

    /** Whose logs these are, if it was not stopped in order; {@code null} if it was, or if there was none. */
    static @Nullable KilledPredecessor in(Path logs) {
        boolean used = Files.exists(logs.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME));
        boolean stopped = Files.exists(logs.resolve(CleanShutdownFileHandler.CLEAN_SHUTDOWN_FILE_NAME));
        return used && !stopped ? new KilledPredecessor() : null;
    }

    /** Makes the controller forget it, as soon as that is in charge. */
    void unregister(Controller controller) throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!controller.isActive()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the controller was not in charge after " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        var request =
                new ControllerRequestContext(new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.empty());
        try {
            controller
                    .unregisterBroker(request, BrokerSettings.nodeId(null))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // It was killed before it had registered.
            if (!(e.getCause() instanceof BrokerIdNotRegisteredException)) {
                throw e;
            }
        }
    }
}
