package io.staithe.loadbalancer;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The cells of a line of a table, quoted as in RFC 4180: a separator within quotes is text, a doubled quote is a quote. */
final class Cells {
    private Cells() {}

    /**
     * Those of the wanted columns, each at its column's place; the others are left empty, and none follows the last wanted
     * one. Of a thousand lines of a hundred cells, making all cells would be most of the work.
     */
    static List<String> of(String line, char separator, BitSet wanted) {
        List<String> cells = new ArrayList<>(wanted.length());
        boolean quotes = line.indexOf('"') >= 0;
        for (int from = 0; cells.size() < wanted.length() && from <= line.length(); ) {
            int end = quotes ? quotedEnd(line, separator, from) : end(line, separator, from);
            cells.add(wanted.get(cells.size()) ? text(line.substring(from, end)) : "");
            from = end + 1;
        }
        return cells;
    }

    private static int end(String line, char separator, int from) {
        int next = line.indexOf(separator, from);
        return next < 0 ? line.length() : next;
    }

    private static int quotedEnd(String line, char separator, int from) {
        boolean quoted = false;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') quoted = !quoted; // twice at a doubled one
            else if (c == separator && !quoted) return i;
        }
        return line.length();
    }

    private static String text(String cell) {
        if (cell.indexOf('"') < 0) return cell;
        StringBuilder text = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c != '"') text.append(c);
            else if (quoted && cell.startsWith("\"\"", i)) text.append(cell.charAt(++i));
            else quoted = !quoted;
        }
        return text.toString();
    }
}
