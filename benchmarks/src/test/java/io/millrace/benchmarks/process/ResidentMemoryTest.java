package io.millrace.benchmarks.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ResidentMemoryTest {
    @Test
    void shouldTakeThePeak() {
        List<String> status = List.of("Name:\tjava", "VmHWM:\t  565248 kB", "VmRSS:\t  300000 kB");
        assertEquals(OptionalLong.of(552L << 20), ResidentMemory.peakBytes(status));
    }

    @Test
    void shouldTakeWhatIsResidentNowWhereNoPeakIsTold() {
        assertEquals(OptionalLong.of(1L << 20), ResidentMemory.peakBytes(List.of("VmRSS:\t  1024 kB")));
    }

    @Test
    void shouldSayNothingOfAProcessThatIsGone() {
        assertEquals(OptionalLong.empty(), ResidentMemory.peakBytes(List.of("State:\tZ (zombie)")));
    }
}
