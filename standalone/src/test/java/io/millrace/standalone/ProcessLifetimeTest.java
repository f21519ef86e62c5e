package io.millrace.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProcessLifetimeTest {
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldEndWithAFailureWhenAPartHasEndedByItself() throws Exception {
        CompletableFuture<String> ended = new CompletableFuture<>();

        int exitCode = ProcessLifetime.runUntilStopped((running, lifetime) -> {
            lifetime.endsWith("engine", ended);
            ended.complete("its topic is gone");
        });

        assertEquals(1, exitCode);
    }
}
