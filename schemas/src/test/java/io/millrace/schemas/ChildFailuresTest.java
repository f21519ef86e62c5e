package io.millrace.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChildFailuresTest {
    @ParameterizedTest
    @EnumSource(WorkflowStatus.class)
    void shouldReadBackEveryStatus(WorkflowStatus status) {
        Failure failure = ChildFailures.of(status, new Failure("java.io.IOException", "disk: full", "at x"));

        assertEquals("io.millrace.child." + status, failure.getType());
        assertEquals("java.io.IOException: disk: full", failure.getMessage());
        assertEquals(status, ChildFailures.statusOf(failure));
        assertEquals("java.io.IOException", ChildFailures.causeTypeOf(failure));
        assertEquals("disk: full", ChildFailures.causeMessageOf(failure));
    }

    @Test
    void shouldBeEmptyWhereNothingFailedTheChild() {
        Failure failure = ChildFailures.of(WorkflowStatus.CANCELLED, null);

        assertEquals("", failure.getMessage());
        assertEquals("", ChildFailures.causeTypeOf(failure));
        assertEquals("", ChildFailures.causeMessageOf(failure));
    }

    @Test
    void shouldReadACauseWithoutAMessage() {
        Failure failure = ChildFailures.of(WorkflowStatus.FAILED, new Failure("com.acme.Broken", "", null));

        assertEquals("com.acme.Broken", ChildFailures.causeTypeOf(failure));
        assertEquals("", ChildFailures.causeMessageOf(failure));
    }

    @Test
    void shouldTakeAnotherFailureAndAnUnknownStatusForUnknown() {
        assertEquals(WorkflowStatus.UNKNOWN, ChildFailures.statusOf(new Failure("java.io.IOException", "no", null)));
        assertEquals(WorkflowStatus.UNKNOWN, ChildFailures.statusOf(new Failure("io.millrace.child.NEW", "", null)));
        assertEquals("no", ChildFailures.causeMessageOf(new Failure("java.io.IOException", "no", null)));
    }

    @Test
    void shouldStayWithinTheLimitAndSayThatItShortened() {
        Failure cause = new Failure("com.acme.Broken", "x".repeat(Limits.MAX_FAILURE_MESSAGE_CHARS), null);

        String message = ChildFailures.of(WorkflowStatus.FAILED, cause).getMessage();

        assertEquals(Limits.MAX_FAILURE_MESSAGE_CHARS, message.length());
        assertTrue(message.endsWith("... (shortened from 8209 characters to the limit of 8192)"), message);
    }
}
