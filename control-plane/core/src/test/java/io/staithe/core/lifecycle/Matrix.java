package io.staithe.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a transition table is expected to say, as text: the first line names the events, each further line a state and
 * where each event leads from there; a dot is nowhere. The walk visits every state with every event.
 */
final class Matrix<S extends Enum<S>, E extends Enum<E>> {
    private final Class<S> states;
    private final Class<E> events;
    private final Map<String, Map<String, String>> expected = new LinkedHashMap<>();

    Matrix(Class<S> states, Class<E> events, String text) {
        this.states = states;
        this.events = events;
        List<List<String>> lines = text.strip().lines().map(Matrix::words).toList();
        List<String> header = lines.get(0);
        for (List<String> line : lines.subList(1, lines.size())) {
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < header.size(); i++) row.put(header.get(i), line.get(i + 1));
            expected.put(line.get(0), row);
        }
    }

    /** Every pair leads where the text says, and the text has a row and a column for each state and event. */
    void check(Transitions<S, E> table) {
        assertEquals(names(states), List.copyOf(expected.keySet()), "rows");
        List<String> unvisited = new ArrayList<>();
        expected.forEach((state, row) -> row.forEach((event, to) -> unvisited.add(state + " on " + event)));
        for (S state : states.getEnumConstants())
            for (E event : events.getEnumConstants()) {
                String pair = state + " on " + event;
                assertTrue(unvisited.remove(pair), pair + " is not in the expected table");
                String to = table.next(state, event).map(Enum::name).orElse(".");
                assertEquals(expected.getOrDefault(state.name(), Map.of()).get(event.name()), to, pair);
            }
        assertEquals(List.of(), unvisited);
        for (S state : states.getEnumConstants()) checkSuccessors(table, state);
    }

    private void checkSuccessors(Transitions<S, E> table, S from) {
        assertEquals(
                expected.getOrDefault(from.name(), Map.of()).values().stream()
                        .filter(to -> !to.equals("."))
                        .collect(Collectors.toSet()),
                table.successors(from).stream().map(Enum::name).collect(Collectors.toSet()));
    }

    private static <T extends Enum<T>> List<String> names(Class<T> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s+"));
    }
}
