package io.staithe.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether something that is watched is as it should be. Deployments heed it by its name.
 *
 * @param stateReason why, for people
 * @param stateUpdatedAt since when
 */
public record Alarm(String name, State state, @Nullable String stateReason, Instant stateUpdatedAt) implements Entity {
    public enum State {
        OK,
        ALARM,
        INSUFFICIENT_DATA
    }

    public Alarm {
        Check.text(name, "alarmName", 255);
        Check.that(state != null, "stateValue", "must be OK, ALARM or INSUFFICIENT_DATA");
        Check.optionalText(stateReason, "stateReason", 1023);
    }

    @Override
    public Key key() {
        return Key.alarm(name);
    }
}
