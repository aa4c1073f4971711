package io.staithe.cli.view;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line for each thing that is waited for: on a terminal rewritten in place, otherwise written again when it has
 * changed.
 */
public final class Progress {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private final Terminal terminal;
    private final Map<String, String> shown = new LinkedHashMap<>();
    private int linesBelow;

    public Progress(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param lines name to what is to be said of it, the same names each time */
    public void show(Map<String, String> lines) {
        if (lines.equals(shown)) return;
        if (terminal.interactive()) rewrite(lines);
        else
            lines.forEach((name, line) -> {
                if (!line.equals(shown.get(name))) terminal.print(name + "  " + line);
            });
        shown.clear();
        shown.putAll(lines);
    }

    private void rewrite(Map<String, String> lines) {
        StringBuilder screen = new StringBuilder();
        if (linesBelow > 0) screen.append("\u001b[").append(linesBelow).append('A');
        int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
        lines.forEach((name, line) -> {
            String padded = name + " ".repeat(width - name.length()) + "  " + line;
            screen.append('\r').append(cut(padded)).append("\u001b[K\n");
        });
        linesBelow = lines.size();
        terminal.out().print(screen);
        terminal.out().flush();
    }

    /** A line that wraps would not be rewritten as one. Colours take no room; a cut line ends in none. */
    private String cut(String line) {
        if (COLOUR.matcher(line).replaceAll("").length() < terminal.columns()) return line;
        StringBuilder cut = new StringBuilder();
        int room = terminal.columns() - 2;
        for (int i = 0; i < line.length() && room > 0; ) {
            Matcher colour = COLOUR.matcher(line).region(i, line.length());
            if (colour.lookingAt()) {
                cut.append(colour.group());
                i = colour.end();
            } else {
                cut.append(line.charAt(i++));
                room--;
            }
        }
        return cut.append('…').append(terminal.colour() ? "\u001b[0m" : "").toString();
    }
}
