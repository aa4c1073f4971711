package io.staithe.agent.task;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One pass over everything: what is to be done now, and when to look again. */
final class Round {
    private final List<Action> actions = new ArrayList<>();
    private final InFlight inFlight;
    private final Instant now;
    private Instant wakeAt = Instant.MAX;

    Round(InFlight inFlight, Instant now) {
        this.inFlight = inFlight;
        this.now = now;
    }

    Instant now() {
        return now;
    }

    /** Whether something is due; if not, it is looked at again then. */
    boolean isDue(Instant at) {
        if (!now.isBefore(at)) return true;
        wakeAt(at);
        return false;
    }

    void wakeAt(Instant at) {
        if (at.isBefore(wakeAt)) wakeAt = at;
    }

    Instant wakeAt() {
        return wakeAt;
    }

    List<Action> actions() {
        return List.copyOf(actions);
    }

    /**
     * Gives an action out, if {@code work} is ready for one and there is room; otherwise a later round will. There is
     * nothing to wake for where room is missing: what makes room is a completion, and each leads to a round.
     *
     * @return whether it was given out
     */
    boolean issue(Action action, Work work, InFlight.Completion completion) {
        if (!work.isReady(this) || !inFlight.hasRoomFor(action)) return false;
        work.begin();
        inFlight.add(action, completion);
        actions.add(action);
        return true;
    }
}
