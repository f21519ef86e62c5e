package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {
    @ParameterizedTest
    @CsvSource({"order,5", "注文,4", "e\u0301,1", "한글,4", "🚚 x,4", "ａ,2", "żółw,4", "'',0"})
    void shouldCountColumns(String text, int columns) {
        assertEquals(columns, DisplayWidth.of(text));
    }

    @Test
    void shouldCutWithoutSplittingACharacter() {
        assertEquals("注…", DisplayWidth.cut("注文書", 4));
        assertEquals("注文…", DisplayWidth.cut("注文書類", 5));
        assertEquals("🚚…", DisplayWidth.cut("🚚🚚", 3));
        assertEquals("short", DisplayWidth.cut("short", 5));
    }

    @Test
    void shouldLineUpWideCharacters() {
        Table table = new Table(Table.Column.fixed("NAME"), Table.Column.fixed("X"));
        table.add("注文", "1");
        table.add("order", "2");

        assertEquals("NAME   X|注文   1|order  2", table.render(80).replace(System.lineSeparator(), "|"));
    }
}
