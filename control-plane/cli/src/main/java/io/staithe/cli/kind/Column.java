package io.staithe.cli.kind;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A column of a table.
 *
 * @param wide shown with {@code -o wide} only
 * @param cell what it says of an item at a time; empty: nothing to say
 */
record Column(String title, boolean wide, BiFunction<JsonNode, Instant, String> cell) {
    static Column of(String title, Function<JsonNode, String> cell) {
        return new Column(title, false, (item, now) -> cell.apply(item));
    }

    static Column wide(String title, Function<JsonNode, String> cell) {
        return new Column(title, true, (item, now) -> cell.apply(item));
    }

    static Column timed(String title, BiFunction<JsonNode, Instant, String> cell) {
        return new Column(title, false, cell);
    }

    static Column wideTimed(String title, BiFunction<JsonNode, Instant, String> cell) {
        return new Column(title, true, cell);
    }

    static Column field(String title, String name) {
        return of(title, item -> item.path(name).asText());
    }
}
