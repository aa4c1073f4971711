package io.staithe.core.schedule;

import io.staithe.core.model.Schedule;
import io.staithe.core.model.ScheduleFire;
import io.staithe.core.model.ScheduleFire.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fire times of a schedule that have come and are not settled. However long nobody was there, at most one of them starts:
 * the latest, if it can still be caught up with.
 *
 * @param missed those that start nothing, oldest first; when there are many, the last one speaks for the rest
 * @param start absent: it is too late for all of them
 */
record Due(List<ScheduleFire> missed, @Nullable Instant start) {
    /** As many minutes as there are in the longest time for catching up. */
    private static final int MAX_CAUGHT_UP = 1_441;

    static Due of(Schedule schedule, FireTimes times, Instant now) {
        Instant settled = schedule.settledUntil();
        Instant since = now.minusSeconds(schedule.catchUpSeconds()).minusNanos(1);
        List<Instant> inTime = times.between(since.isAfter(settled) ? since : settled, now, MAX_CAUGHT_UP);
        Instant start = inTime.isEmpty() ? null : inTime.get(inTime.size() - 1);
        Instant until = start == null ? now : start.minusNanos(1);
        List<Instant> late = times.between(settled, until, Schedule.MAX_FIRES);
        List<ScheduleFire> missed = new ArrayList<>();
        String limit = "nobody was there within " + schedule.catchUpSeconds() + " s (catchUpSeconds)";
        for (Instant at : late)
            missed.add(missed(at, at.isAfter(since) ? "a later fire time has come as well" : limit));
        if (late.size() == Schedule.MAX_FIRES)
            missed.set(
                    late.size() - 1, missed(until, limit + ", nor at the fire times between this and the one before"));
        return new Due(missed, start);
    }

    private static ScheduleFire missed(Instant at, String why) {
        return new ScheduleFire(at, Outcome.MISSED, 0, why);
    }
}
