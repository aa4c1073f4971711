package io.staithe.server.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of a query string. */
final class Query {
    private static final int MAX_PARAMETERS = 32;

    private Query() {}

    /** The first value of each parameter; an empty one counts as absent. */
    static Map<String, String> parse(String query) {
        Map<String, String> first = new LinkedHashMap<>();
        new QueryStringDecoder(query, java.nio.charset.StandardCharsets.UTF_8, false, MAX_PARAMETERS)
                .parameters()
                .forEach((name, values) -> {
                    if (!values.get(0).isEmpty()) first.put(name, values.get(0));
                });
        return first;
    }
}
