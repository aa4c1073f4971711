package io.staithe.core.state;

import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePSet;

/** Persistent reverse maps, one for each {@link Index}: value to the keys found under it, in order. */
final class Indexes {
    static final Indexes EMPTY = new Indexes(HashTreePMap.empty());

    private record Entry(Index index, String value) {}

    private final PMap<Entry, TreePSet<Key>> keys;

    private Indexes(PMap<Entry, TreePSet<Key>> keys) {
        this.keys = keys;
    }

    /** Most changes leave an object where it was found: only indexes whose value differs are touched. */
    Indexes after(@Nullable Entity before, @Nullable Entity after) {
        PMap<Entry, TreePSet<Key>> next = keys;
        for (Index index : Index.ALL) {
            String old = before == null ? null : index.valueOf(before);
            String now = after == null ? null : index.valueOf(after);
            if (Objects.equals(old, now)) continue;
            if (before != null && old != null) next = without(next, new Entry(index, old), before.key());
            if (after != null && now != null) next = with(next, new Entry(index, now), after.key());
        }
        return next == keys ? this : new Indexes(next);
    }

    private static PMap<Entry, TreePSet<Key>> with(PMap<Entry, TreePSet<Key>> keys, Entry entry, Key key) {
        return keys.plus(entry, keys.getOrDefault(entry, TreePSet.empty()).plus(key));
    }

    private static PMap<Entry, TreePSet<Key>> without(PMap<Entry, TreePSet<Key>> keys, Entry entry, Key key) {
        TreePSet<Key> left = keys.getOrDefault(entry, TreePSet.empty()).minus(key);
        return left.isEmpty() ? keys.minus(entry) : keys.plus(entry, left);
    }

    Stream<Key> keys(Index index, String value) {
        return keys.getOrDefault(new Entry(index, value), TreePSet.empty()).stream();
    }

    int count(Index index, String value) {
        return keys.getOrDefault(new Entry(index, value), TreePSet.empty()).size();
    }
}
