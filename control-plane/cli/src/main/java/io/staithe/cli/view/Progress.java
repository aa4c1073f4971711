package io.staithe.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One line for each thing that is waited for, its name in front, on a {@link Screen}. */
public final class Progress {
    private final Terminal terminal;
    private final Screen screen;

    public Progress(Terminal terminal) {
        this.terminal = terminal;
        this.screen = new Screen(terminal);
    }

    /** @param lines name to what is to be said of it, the same names each time */
    public void show(Map<String, String> lines) {
        int width = terminal.interactive()
                ? lines.keySet().stream().mapToInt(String::length).max().orElse(0)
                : 0;
        List<String> named = new ArrayList<>();
        lines.forEach((name, line) -> named.add(name + " ".repeat(Math.max(0, width - name.length())) + "  " + line));
        screen.show(named);
    }
}
