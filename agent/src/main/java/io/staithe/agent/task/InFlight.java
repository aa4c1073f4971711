package io.staithe.agent.task;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The actions that were given out and have not come back: a bounded number, and never two for one thing. */
final class InFlight {
    private final Map<Action, Completion> actions = new LinkedHashMap<>();
    private final Limits limits;
    private long mark;

    InFlight(Limits limits) {
        this.limits = limits;
    }

    /** Told how its action ended. */
    interface Completion {
        void completed(Outcome outcome, long mark, Instant now);
    }

    /** Rises with each action that comes back. */
    long mark() {
        return mark;
    }

    boolean hasRoomFor(Action action) {
        if (actions.containsKey(action)) return false;
        Lane lane = Lane.of(action);
        return actions.keySet().stream().filter(a -> Lane.of(a) == lane).count() < lane.width(limits);
    }

    void add(Action action, Completion completion) {
        actions.put(action, completion);
    }

    /** An action that is not in flight, or no longer, changes nothing. */
    void completed(Action action, Outcome outcome, Instant now) {
        Completion completion = actions.remove(action);
        if (completion == null) return;
        mark++;
        completion.completed(outcome, mark, now);
    }

    /** Kinds of actions that must not hold up each other. */
    private enum Lane {
        PULL,
        STOP,
        CHECK,
        OTHER;

        static Lane of(Action action) {
            if (action instanceof Action.Pull) return PULL;
            if (action instanceof Action.Stop || action instanceof Action.RunPreStop) return STOP;
            return action instanceof Action.Check ? CHECK : OTHER;
        }

        int width(Limits limits) {
            return switch (this) {
                case PULL -> limits.pullsInFlight();
                case STOP -> limits.stopsInFlight();
                case CHECK -> limits.checksInFlight();
                case OTHER -> limits.actionsInFlight();
            };
        }
    }
}
