package io.staithe.core.rebalance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a task that would be better elsewhere stays where it is.
 *
 * @param message a clause without its full stop, that stays the same while the reason does
 * @param until when time alone ends it; absent: it will not
 */
record Hindrance(Code code, String message, @Nullable Instant until) {
    enum Code {
        /** The service's budget allows none. */
        NO_BUDGET,
        /** maximumPercent leaves no room to start a replacement first. */
        NO_ROOM_TO_START,
        /** Outside of the cluster's windows. */
        OUTSIDE_WINDOWS,
        /** A move of the service has failed a while ago. */
        BACKING_OFF,
        /** As many moves as are allowed within an hour. */
        MOVES_PER_HOUR,
        /** Task protection holds. */
        PROTECTED,
        /** Started too short a while ago. */
        YOUNG
    }

    /** Time alone does not end it. */
    static Hindrance lasting(Code code, String message) {
        return new Hindrance(code, message, null);
    }
}
