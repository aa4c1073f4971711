package io.staithe.cli.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.api.Failure;
import io.staithe.cli.view.Format;
import io.staithe.cli.view.Table;
import io.staithe.cli.view.Terminal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A kind of things.
 *
 * @param name in the plural, as {@code get} takes it; the singular and the aliases do as well
 * @param source asks the API for all of them
 * @param selector what is shown of a name: most often the one thing that has it
 * @param eraser deletes what has a name
 * @param ids by what one of them is found: its name first, then its id
 */
public record Kind(
        String name,
        List<String> aliases,
        Source source,
        Selector selector,
        Eraser eraser,
        Ids ids,
        List<Column> columns) {
    /** All things of a kind, in the order in which they are shown. */
    @FunctionalInterface
    public interface Source {
        List<JsonNode> list(Session session);
    }

    /** The things that a name on the command line means; a failure when there is none. */
    @FunctionalInterface
    public interface Selector {
        List<JsonNode> select(Session session, String name);
    }

    /** Deletes, and says what: the full name. */
    @FunctionalInterface
    public interface Eraser {
        String delete(Session session, String name);
    }

    /** What a thing is called. */
    @FunctionalInterface
    public interface Ids {
        List<String> of(JsonNode item);
    }

    public List<JsonNode> list(Session session) {
        return source.list(session);
    }

    public List<JsonNode> select(Session session, String name) {
        return selector.select(session, name);
    }

    public String delete(Session session, String name) {
        return eraser.delete(session, name);
    }

    /** The one that has this name, or whose name or id alone begins with it. */
    public JsonNode find(Session session, String nameOrPrefix) {
        return findIn(list(session), nameOrPrefix)
                .orElseThrow(() -> new Failure("there is no " + singular() + " " + nameOrPrefix));
    }

    /** @throws Failure when the prefix fits several */
    public Optional<JsonNode> findIn(List<JsonNode> items, String nameOrPrefix) {
        Optional<JsonNode> exact = items.stream()
                .filter(item -> ids.of(item).contains(nameOrPrefix))
                .findFirst();
        if (exact.isPresent()) return exact;
        List<JsonNode> fitting = items.stream()
                .filter(item -> ids.of(item).stream().anyMatch(id -> id.startsWith(nameOrPrefix)))
                .toList();
        if (fitting.size() > 1) {
            List<String> names =
                    fitting.stream().limit(5).map(item -> ids.of(item).get(0)).toList();
            throw new Failure("%s fits %d %s: %s%s"
                    .formatted(
                            nameOrPrefix,
                            fitting.size(),
                            name,
                            String.join(", ", names),
                            fitting.size() > names.size() ? ", ..." : ""));
        }
        return fitting.stream().findFirst();
    }

    public void print(Terminal terminal, List<JsonNode> items, Instant now) {
        List<Column> shown = columns.stream()
                .filter(column -> !column.wide() || terminal.format() == Format.WIDE)
                .toList();
        Table table = new Table(shown.stream().map(Column::title).toList());
        for (JsonNode item : items)
            table.add(
                    shown.stream().map(column -> column.cell().apply(item, now)).toList());
        if (items.isEmpty()) terminal.print("no " + name);
        else table.print(terminal);
    }

    /** By its name. A record's own would compare everything, by code that is made at its first use: a seventh of a call's time. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Kind kind && kind.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }

    public String singular() {
        return name.substring(0, name.length() - 1);
    }

    boolean isCalled(String word) {
        return Stream.concat(Stream.of(name, singular()), aliases.stream()).anyMatch(word::equalsIgnoreCase);
    }
}
