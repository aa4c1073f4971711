package io.staithe.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines that are shown again and again: on a terminal rewritten in place, elsewhere written when they are new. */
public final class Screen {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private final Terminal terminal;
    private List<String> shown = List.of();

    public Screen(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Takes the place of the lines that were shown before. */
    public void show(List<String> lines) {
        if (lines.equals(shown)) return;
        if (terminal.interactive()) rewrite(lines);
        else lines.stream().filter(line -> !shown.contains(line)).forEach(terminal::print);
        shown = new ArrayList<>(lines);
    }

    private void rewrite(List<String> lines) {
        StringBuilder screen = new StringBuilder();
        if (!shown.isEmpty()) screen.append("\u001b[").append(shown.size()).append('A');
        for (String line : lines) screen.append('\r').append(cut(line)).append("\u001b[K\n");
        // What fewer lines leave behind is cleared.
        if (lines.size() < shown.size()) screen.append("\u001b[J");
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
