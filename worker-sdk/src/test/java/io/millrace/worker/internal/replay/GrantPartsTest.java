package io.millrace.worker.internal.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Grant;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.TrustedRecords;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GrantPartsTest {
    private final GrantParts parts = new GrantParts();

    @BeforeAll
    static void trust() {
        TrustedRecords.establish();
    }

    private static Grant part(int partition, long number, int part, int of) {
        RecordedStep step = RecordedStep.newBuilder()
                .setSeq(part)
                .setName("s" + part)
                .setKind(StepKind.STEP)
                .setStatus(StepStatus.COMPLETED)
                .build();
        return Grant.newBuilder()
                .setWorkflowId("w" + number)
                .setEpoch(1)
                .setPartition(partition)
                .setNumber(number)
                .setPart(part)
                .setParts(of)
                .setWorkflowType("t")
                .setQueue("q")
                .setCreatedAtMs(0)
                .setSteps(List.of(step))
                .build();
    }

    private static List<Integer> seqs(Optional<Grant> grant) {
        return grant.orElseThrow().getSteps().stream().map(RecordedStep::getSeq).toList();
    }

    @Test
    void shouldPassOnAGrantOfOnePart() {
        assertEquals(List.of(1), seqs(parts.add(part(0, 1, 1, 1))));
    }

    @Test
    void shouldPutPartsOfSeveralPartitionsTogether() {
        assertTrue(parts.add(part(0, 1, 1, 3)).isEmpty());
        assertTrue(parts.add(part(1, 7, 1, 2)).isEmpty());
        assertTrue(parts.add(part(0, 1, 2, 3)).isEmpty());
        assertEquals(List.of(1, 2), seqs(parts.add(part(1, 7, 2, 2))));
        assertEquals(List.of(1, 2, 3), seqs(parts.add(part(0, 1, 3, 3))));
    }

    @Test
    void shouldBeginAnewWhenAGrantIsRepeated() {
        parts.add(part(0, 1, 1, 3));
        parts.add(part(0, 1, 2, 3));
        parts.add(part(0, 1, 1, 3));
        parts.add(part(0, 1, 2, 3));
        assertEquals(List.of(1, 2, 3), seqs(parts.add(part(0, 1, 3, 3))));
    }

    @Test
    void shouldTellNumbersOfDifferentCreditApart() {
        Grant first = part(0, 1, 1, 2);
        Grant second = part(0, 1, 2, 2);
        first.setCreditPartition(3);
        parts.add(first);
        assertTrue(parts.add(second).isEmpty());
        parts.add(first);
        second.setCreditPartition(3);
        assertEquals(List.of(1, 2), seqs(parts.add(second)));
    }

    @Test
    void shouldDropAGrantWithAMissingPart() {
        parts.add(part(0, 1, 1, 3));
        assertTrue(parts.add(part(0, 1, 3, 3)).isEmpty());
        assertTrue(parts.add(part(0, 2, 2, 2)).isEmpty());
        parts.add(part(0, 3, 1, 2));
        assertTrue(parts.add(part(0, 4, 2, 2)).isEmpty());
    }
}
