package io.staithe.core.lifecycle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A state machine as a table. What is not in it does not happen: the event leaves the state as it is.
 *
 * @param <S> states
 * @param <E> events
 */
public final class Transitions<S extends Enum<S>, E extends Enum<E>> {
    private record Cell<S, E>(S from, E event) {}

    private final Map<Cell<S, E>, S> rows = new LinkedHashMap<>();

    Transitions() {}

    /** @throws IllegalStateException when the table already says where this leads */
    Transitions<S, E> row(S from, E event, S to) {
        if (rows.put(new Cell<>(from, event), to) != null)
            throw new IllegalStateException(from + " on " + event + " is given twice");
        return this;
    }

    /** Where {@code event} leads from {@code state}; empty: nowhere. */
    public Optional<S> next(S state, E event) {
        return Optional.ofNullable(rows.get(new Cell<>(state, event)));
    }

    /** Every state that some row leads to from {@code state}. */
    public Set<S> successors(S state) {
        return rows.entrySet().stream()
                .filter(row -> row.getKey().from() == state)
                .map(Map.Entry::getValue)
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }
}
