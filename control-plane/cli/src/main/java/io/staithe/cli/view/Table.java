package io.staithe.cli.view;

import java.util.ArrayList;
import java.util.List;

/** Aligned columns under titles; states are coloured. */
public final class Table {
    private static final String GAP = "   ";

    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(List<String> titles) {
        this.titles = List.copyOf(titles);
    }

    public void add(List<String> row) {
        if (row.size() != titles.size()) throw new IllegalArgumentException("a cell for each title: " + row);
        rows.add(row.stream().map(Table::printable).toList());
    }

    public void print(Terminal terminal) {
        print(terminal, "");
    }

    public void print(Terminal terminal, String indent) {
        int[] widths = new int[titles.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = titles.get(column).length();
            for (List<String> row : rows)
                widths[column] = Math.max(widths[column], row.get(column).length());
        }
        terminal.print(indent + terminal.paint(Colour.TITLE, line(titles, widths, null)));
        for (List<String> row : rows) terminal.print(indent + line(row, widths, terminal));
    }

    private static String line(List<String> cells, int[] widths, @org.jspecify.annotations.Nullable Terminal coloured) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            boolean last = column == widths.length - 1;
            line.append(coloured == null ? cell : coloured.state(cell));
            if (!last) line.append(" ".repeat(widths[column] - cell.length())).append(GAP);
        }
        return line.toString();
    }

    /** One line, without control characters: what comes from a container must not steer the terminal. */
    private static String printable(String cell) {
        String clean = cell.replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.isEmpty() ? "-" : clean;
    }
}
