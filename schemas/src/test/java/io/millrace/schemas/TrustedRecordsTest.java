package io.millrace.schemas;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrustedRecordsTest {
    @BeforeAll
    static void establish() {
        TrustedRecords.establish();
    }

    @Test
    void shouldLetRecordsBeCopied() {
        Command command = Command.newBuilder()
                .setCommandId("c-1")
                .setIssuer("someone")
                .setIssuedAtMs(1)
                .setStart(Start.newBuilder().setWorkflowType("checkout").build())
                .build();

        assertEquals(command, Command.newBuilder(command).build());
    }

    @Test
    void shouldTrustNothingElse() {
        assertDoesNotThrow(() -> ClassSecurityValidator.validate(StepKind.class));
        assertThrows(SecurityException.class, () -> ClassSecurityValidator.validate(ArrayList.class));
        assertThrows(SecurityException.class, () -> ClassSecurityValidator.validate(Topic.class));
    }

    @Test
    void shouldBeEstablishedOnlyOnce() {
        var before = ClassSecurityValidator.getGlobal();

        TrustedRecords.establish();

        assertEquals(before, ClassSecurityValidator.getGlobal());
        assertFalse(before.isTrusted(Runtime.class));
    }
}
