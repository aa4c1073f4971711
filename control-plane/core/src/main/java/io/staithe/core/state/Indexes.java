package io.staithe.core.state;

import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import java.util.stream.Stream;
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

    Indexes with(Entity entity) {
        PMap<Entry, TreePSet<Key>> next = keys;
        Key key = entity.key();
        for (Index index : Index.values()) {
            String value = index.valueOf(entity);
            if (value == null) continue;
            Entry entry = new Entry(index, value);
            next = next.plus(entry, next.getOrDefault(entry, TreePSet.empty()).plus(key));
        }
        return new Indexes(next);
    }

    Indexes without(Entity entity) {
        PMap<Entry, TreePSet<Key>> next = keys;
        Key key = entity.key();
        for (Index index : Index.values()) {
            String value = index.valueOf(entity);
            if (value == null) continue;
            Entry entry = new Entry(index, value);
            TreePSet<Key> left = next.getOrDefault(entry, TreePSet.empty()).minus(key);
            next = left.isEmpty() ? next.minus(entry) : next.plus(entry, left);
        }
        return new Indexes(next);
    }

    Stream<Key> keys(Index index, String value) {
        return keys.getOrDefault(new Entry(index, value), TreePSet.empty()).stream();
    }

    int count(Index index, String value) {
        return keys.getOrDefault(new Entry(index, value), TreePSet.empty()).size();
    }
}
