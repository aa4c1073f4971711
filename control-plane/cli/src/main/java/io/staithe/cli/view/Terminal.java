package io.staithe.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/**
 * Where output goes, and in which manner.
 *
 * @param interactive whether somebody watches: lines may be rewritten in place
 * @param columns the width at which a line that is rewritten has to end
 */
public record Terminal(PrintWriter out, Format format, boolean interactive, boolean colour, int columns) {
    public String paint(Colour with, String text) {
        return colour ? with.around(text) : text;
    }

    /** A state's name in its colour. */
    public String state(String word) {
        return paint(Colour.ofState(word), word);
    }

    public void print(String line) {
        out.println(line);
    }

    /** Writes data for programs, as {@code -o json} or {@code -o yaml} asks. */
    public void print(JsonNode data) {
        out.print(format == Format.JSON ? Documents.json(data) : Documents.yaml(data));
        out.flush();
    }
}
