package io.millrace.standalone.broker;

import java.util.concurrent.CompletableFuture;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.FaultHandlerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers the first fatal fault. A stand-alone Kafka halts its process on one, which would end a test run, too. */
final class FaultLog implements FaultHandlerFactory {
    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);

    private final CompletableFuture<Throwable> firstFatal = new CompletableFuture<>();

    CompletableFuture<Throwable> firstFatal() {
        return firstFatal;
    }

    @Override
    public FaultHandler build(String name, boolean fatal, Runnable action) {
        return (message, cause) -> {
            LOG.error("{} fault in the embedded broker, {}: {}", fatal ? "fatal" : "passing", name, message, cause);
            FaultHandlerException fault = new FaultHandlerException(name + ": " + message, cause);
            if (fatal) {
                firstFatal.complete(fault);
            }
            action.run();
            return fault;
        };
    }
}
