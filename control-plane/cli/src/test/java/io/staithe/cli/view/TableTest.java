package io.staithe.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private final StringWriter text = new StringWriter();

    private Terminal terminal(boolean colour) {
        return new Terminal(new PrintWriter(text), Format.TABLE, colour, colour, 80);
    }

    @Test
    void alignsUnderColours() {
        Table table = new Table(List.of("A", "STATUS", "B"));
        table.add(List.of("x", "RUNNING", "1"));
        table.add(List.of("long one", "other", ""));
        table.print(terminal(true), "  ");
        assertEquals("""
                  \033[1mA          STATUS    B\033[0m
                  x          \033[32mRUNNING\033[0m   1
                  long one   other     -
                """, text.toString());
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() {
        Table table = new Table(List.of("A"));
        table.add(List.of("bad\u001b[2J\r\nevent"));
        table.print(terminal(false));
        assertEquals("A\nbad [2J event\n", text.toString());
    }

    @Test
    void everyTitleHasACell() {
        assertThrows(IllegalArgumentException.class, () -> new Table(List.of("A", "B")).add(List.of("x")));
    }
}
