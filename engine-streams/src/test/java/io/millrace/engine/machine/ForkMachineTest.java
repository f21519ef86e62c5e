package io.millrace.engine.machine;

import static io.millrace.engine.testing.Transfers.forkPart;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.schemas.Transfer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForkMachineTest {
    @Test
    void shouldTakeNoPartOfAnotherSourceThatIsForkedByACommandOfTheSameId() {
        Given copying = Given.nothing().then(told(forkPart("source-1", "f", 1, true, 1)));
        assertEquals(Decision.NOTHING, copying.when(told(forkPart("source-2", "f", 2, false, 2))));
        Given copied = copying.then(told(forkPart("source-1", "f", 2, false, 2)));
        assertEquals(2, copied.state().getStepCount());
        assertEquals(
                List.of(1, 2),
                copied.journal().steps().stream().map(step -> step.getSeq()).toList());
    }

    private static Input told(Transfer transfer) {
        return new Input.TransferReceived(transfer, 9, Given.NOW);
    }
}
