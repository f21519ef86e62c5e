package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cli.Table.Column;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void shouldLineUpColumns() {
        Table table = new Table(Column.fixed("ID"), Column.fixed("STATUS"));
        table.add("order-17", "RUNNING");
        table.add("x", "FAILED");

        assertEquals(
                String.join(System.lineSeparator(), "ID        STATUS", "order-17  RUNNING", "x         FAILED"),
                table.render(80));
    }

    @Test
    void shouldFitTheTerminalAndKeepWhatPeopleCopy() {
        String id = "b7e23ec2-9af2-4f0c-8d3e-2f1f7a0a5f11";
        Table table = new Table(Column.fixed("ID"), Column.shrinking("NAME"), Column.shrinking("OUTPUT"));
        table.add(id, "a-rather-long-workflow-type", "{\"and\":\"a rather long output of it\"}");

        String rendered = table.render(80);

        assertTrue(rendered.lines().allMatch(line -> line.length() <= 80), rendered);
        assertTrue(rendered.contains(id) && rendered.contains("…"), rendered);
        assertTrue(table.render(Terminal.UNLIMITED).contains("output of it\"}"));
    }

    @Test
    void shouldKeepControlCharactersFromTheTerminal() {
        Table table = new Table(Column.fixed("V"));
        table.add("a\nb\u001b[31mc");

        assertEquals("V" + System.lineSeparator() + "a b [31mc", table.render(80));
    }
}
