package io.staithe.server.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a REST API has an operation.
 *
 * @param template of its path, such as {@code /schedules/{Name}}: a part in braces stands for any one part
 */
public record RestRoute(String method, String template, Operation<?, ?> operation) {
    /** What stands in the place of the parts in braces; empty: another operation is asked for. */
    Optional<Map<String, String>> match(HttpCall call) {
        String[] wanted = template.split("/", -1);
        String[] found = call.path().split("/", -1);
        if (!call.method().equals(method) || wanted.length != found.length) return Optional.empty();
        Map<String, String> parts = new HashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            boolean isAny = wanted[i].startsWith("{");
            if (isAny && !found[i].isEmpty())
                parts.put(wanted[i].substring(1, wanted[i].length() - 1), decoded(found[i]));
            else if (!wanted[i].equals(found[i])) return Optional.empty();
        }
        return Optional.of(parts);
    }

    /** In a path a plus is a plus. */
    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw JsonReader.serialization("The path is not valid percent-encoding.");
        }
    }
}
