package io.staithe.server.aws;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as it came, nothing decoded: signatures cover these very bytes.
 *
 * @param path still percent-encoded, at least {@code /}
 * @param query still percent-encoded, without the question mark; empty when there is none
 * @param headers by name in lower case, each with its values in the order sent
 */
@SuppressWarnings("ArrayRecordComponent") // calls are never compared
public record HttpCall(String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
    public HttpCall {
        if (path.isEmpty()) path = "/";
        Map<String, List<String>> lower = new TreeMap<>();
        headers.forEach((name, values) -> lower.merge(
                name.toLowerCase(Locale.ROOT), List.copyOf(values), (a, b) -> Stream.concat(a.stream(), b.stream())
                        .toList()));
        headers = Map.copyOf(lower);
    }

    /** The first value of a header, by its name in lower case. */
    public @Nullable String header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.get(0);
    }
}
