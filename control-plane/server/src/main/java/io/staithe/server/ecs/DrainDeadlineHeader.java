package io.staithe.server.ecs;

import io.staithe.core.model.Invalid;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long hosts may take to drain, beside UpdateContainerInstancesState's request: {@code x-staithe-drain-deadline: 600}, in
 * seconds from the call on. A header for the reasons of {@link PlacementHeader}.
 */
final class DrainDeadlineHeader {
    static final String NAME = "x-staithe-drain-deadline";

    private static final Duration MAX = Duration.ofDays(7);

    private DrainDeadlineHeader() {}

    /**
     * Null where none is asked for.
     *
     * @throws Invalid for anything but a whole number of seconds, 0 to 604800
     */
    static @Nullable Instant read(@Nullable String header, Instant now) {
        if (header == null || header.isBlank()) return null;
        String text = header.strip();
        boolean valid = text.matches("[0-9]{1,6}") && Long.parseLong(text) <= MAX.toSeconds();
        if (!valid) throw new Invalid(NAME, "must be a whole number of seconds, 0 to " + MAX.toSeconds());
        return now.plusSeconds(Long.parseLong(text));
    }
}
