package io.staithe.agent.disk;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The bytes of the parts of something that is written again and again: what has not changed since the last time is not
 * encoded anew. Holds what the last call was given, and nothing older. For one thread.
 */
final class EncodedParts<T> {
    private final Function<T, Object> name;
    private final Function<T, ByteString> encode;
    private Map<Object, Encoded<T>> last = Map.of();

    private record Encoded<T>(T part, ByteString bytes) {}

    /** @param name what a part keeps when it changes; no two parts of one call have the same */
    EncodedParts(Function<T, Object> name, Function<T, ByteString> encode) {
        this.name = name;
        this.encode = encode;
    }

    /** The parts' bytes in their order. */
    List<ByteString> of(Stream<T> parts) {
        Map<Object, Encoded<T>> encoded = new HashMap<>();
        List<ByteString> bytes = parts.map(part -> {
                    Object key = name.apply(part);
                    Encoded<T> before = last.get(key);
                    Encoded<T> now = before != null && before.part.equals(part)
                            ? before
                            : new Encoded<>(part, encode.apply(part));
                    encoded.put(key, now);
                    return now.bytes;
                })
                .toList();
        last = encoded;
        return bytes;
    }
}
