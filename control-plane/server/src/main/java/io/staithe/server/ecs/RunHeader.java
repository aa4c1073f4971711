package io.staithe.server.ecs;

import io.staithe.core.model.Invalid;
import io.staithe.core.model.JobPolicy;
import io.staithe.core.model.PlacementPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What RunTask is asked for beside its request: {@code x-staithe-run: priority=10,retries=3}.
 *
 * <p>RunTask's shape has no place for it. SDKs write no member that they do not know, and the reader drops such members as
 * AWS does, so a body of one's own would be silently ignored by one of the two; tags belong to users, and are passed on. A header
 * can be added with every SDK, and as it must be signed, nobody on the way can add or change it.
 *
 * @param placement absent: nothing is asked of placement
 * @param job absent: nobody waits for more than the task's start
 */
record RunHeader(
        @Nullable PlacementPolicy placement, @Nullable JobPolicy job) {
    static final String NAME = "x-staithe-run";
    static final RunHeader NONE = new RunHeader(null, null);

    private static final Set<String> OF_PLACEMENT = Set.of("priority", "allOrNothing");
    private static final Set<String> OF_JOB = Set.of("waitForCapacitySeconds", "retries", "maxRunSeconds");

    /** @throws Invalid for anything but the known words, once each */
    static RunHeader read(@Nullable String header) {
        if (header == null || header.isBlank()) return NONE;
        Map<String, String> asked = words(header);
        return Shapes.within(NAME, () -> new RunHeader(placement(asked), job(asked)));
    }

    private static Map<String, String> words(String header) {
        Map<String, String> asked = new HashMap<>();
        for (String part : header.split(",", -1)) {
            int equals = part.indexOf('=');
            String name = part.substring(0, Math.max(0, equals)).strip();
            boolean known = OF_PLACEMENT.contains(name) || OF_JOB.contains(name);
            if (!known || asked.put(name, part.substring(equals + 1).strip()) != null)
                throw new Invalid(
                        NAME,
                        "must be like priority=10,allOrNothing=true,waitForCapacitySeconds=600,retries=3,maxRunSeconds=60");
        }
        return asked;
    }

    private static @Nullable PlacementPolicy placement(Map<String, String> asked) {
        if (asked.keySet().stream().noneMatch(OF_PLACEMENT::contains)) return null;
        Integer priority = number(asked, "priority");
        return new PlacementPolicy(
                priority == null ? 0 : priority,
                List.of(),
                List.of(),
                flag(asked.getOrDefault("allOrNothing", "false")),
                0,
                null);
    }

    private static @Nullable JobPolicy job(Map<String, String> asked) {
        if (asked.keySet().stream().noneMatch(OF_JOB::contains)) return null;
        Integer retries = number(asked, "retries");
        return new JobPolicy(
                number(asked, "waitForCapacitySeconds"), retries == null ? 0 : retries, number(asked, "maxRunSeconds"));
    }

    private static @Nullable Integer number(Map<String, String> asked, String name) {
        String text = asked.get(name);
        if (text == null) return null;
        if (!text.matches("[0-9]{1,9}")) throw new Invalid(name, "must be a whole number");
        return Integer.parseInt(text);
    }

    private static boolean flag(String text) {
        if (text.equals("true") || text.equals("false")) return text.equals("true");
        throw new Invalid("allOrNothing", "must be true or false");
    }
}
