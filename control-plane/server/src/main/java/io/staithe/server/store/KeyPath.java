package io.staithe.server.store;

import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what {@link Key#path} writes. Ids may hold slashes; folders do not. */
final class KeyPath {
    private static final Map<String, Kind> KINDS =
            Stream.of(Kind.values()).collect(Collectors.toMap(Kind::folder, Function.identity()));

    private KeyPath() {}

    /** @throws IllegalStateException when no kind has such a folder: a newer program wrote it */
    static Key parse(String path) {
        int slash = path.indexOf('/', 1);
        Kind kind = slash < 0 ? null : KINDS.get(path.substring(1, slash));
        if (kind == null)
            throw new IllegalStateException("the store holds " + path + ", which this program does not know");
        return new Key(kind, path.substring(slash + 1));
    }
}
