package io.staithe.server.ecs;

import io.staithe.core.model.Invalid;
import io.staithe.core.model.PlacementPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What RunTask is asked of placement beside its request: {@code x-staithe-placement: priority=10,allOrNothing=true}.
 *
 * <p>RunTask's shape has no place for it. SDKs write no member that they do not know, and the reader drops such members as
 * AWS does, so a body of one's own would be silently ignored by one of the two; tags belong to users, and are passed on. A header
 * can be added with every SDK, and as it must be signed, nobody on the way can add or change it.
 */
final class PlacementHeader {
    static final String NAME = "x-staithe-placement";

    private PlacementHeader() {}

    /**
     * Null where nothing is asked for.
     *
     * @throws Invalid for anything but {@code priority} and {@code allOrNothing}, once each
     */
    static @Nullable PlacementPolicy read(@Nullable String header) {
        if (header == null || header.isBlank()) return null;
        Map<String, String> asked = new HashMap<>();
        for (String part : header.split(",", -1)) {
            int equals = part.indexOf('=');
            String name = part.substring(0, Math.max(0, equals)).strip();
            boolean known = name.equals("priority") || name.equals("allOrNothing");
            if (!known || asked.put(name, part.substring(equals + 1).strip()) != null)
                throw new Invalid(NAME, "must be like priority=10,allOrNothing=true");
        }
        return Shapes.within(
                NAME,
                () -> new PlacementPolicy(
                        priority(asked.getOrDefault("priority", "0")),
                        List.of(),
                        List.of(),
                        flag(asked.getOrDefault("allOrNothing", "false")),
                        0));
    }

    private static int priority(String text) {
        if (!text.matches("[0-9]{1,9}")) throw new Invalid("priority", "must be a whole number");
        return Integer.parseInt(text);
    }

    private static boolean flag(String text) {
        if (text.equals("true") || text.equals("false")) return text.equals("true");
        throw new Invalid("allOrNothing", "must be true or false");
    }
}
