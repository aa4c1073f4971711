package io.staithe.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScreenTest {
    private final StringWriter out = new StringWriter();

    private Screen screen(boolean interactive) {
        return new Screen(new Terminal(new PrintWriter(out), Format.TABLE, interactive, interactive, 12));
    }

    @Test
    void aLogGetsWhatIsNew() {
        Screen screen = screen(false);
        screen.show(List.of("a 1", "b 1"));
        screen.show(List.of("a 1", "b 2"));
        screen.show(List.of("a 1", "b 2"));
        screen.show(List.of("a 2"));
        assertEquals(List.of("a 1", "b 1", "b 2", "a 2"), out.toString().lines().toList());
    }

    @Test
    void aTerminalIsRewrittenWhenSomethingHasChanged() {
        Screen screen = screen(true);
        screen.show(List.of("a 1", "b 1"));
        screen.show(List.of("a 1", "b 1"));
        screen.show(List.of("c"));
        screen.show(List.of("d", "e"));
        assertEquals(
                List.of(
                        "\ra 1\u001b[K",
                        "\rb 1\u001b[K",
                        "\u001b[2A\rc\u001b[K",
                        "\u001b[J\u001b[1A\rd\u001b[K",
                        "\re\u001b[K"),
                List.of(out.toString().split("\n")));
    }

    @Test
    void aLongLineIsCutWhereItIsSeenToEnd() {
        screen(true).show(List.of("12345678901", "123456789012", "1234\u001b[31m5678901234"));
        assertEquals(
                List.of(
                        "\r12345678901\u001b[K",
                        "\r1234567890…\u001b[0m\u001b[K",
                        "\r1234\u001b[31m567890…\u001b[0m\u001b[K"),
                List.of(out.toString().split("\n")));
    }
}
