package io.staithe.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One explained decision or observation, on its way to the history database.
 *
 * @param id unique, and in order of time
 * @param about what it is about
 * @param service the service whose events list it, where there is one
 * @param code ECS's event name where there is one, such as {@code SERVICE_STEADY_STATE}
 * @param message for people, in ECS's own wording where it has one
 */
public record ServiceEvent(
        String id,
        Instant createdAt,
        String about,
        @Nullable ServiceId service,
        @Nullable TaskId task,
        String code,
        String message)
        implements Entity {
    public ServiceEvent {
        Check.that(id.matches("[0-9a-z-]{1,64}"), "id", "must be up to 64 of 0-9, a-z and -");
        Check.that(code.matches("[A-Z_]{1,64}"), "code", "must be up to 64 of A-Z and _");
        if (message.length() > 4096) message = message.substring(0, 4096);
    }

    @Override
    public Key key() {
        return new Key(Kind.EVENT, id);
    }
}
