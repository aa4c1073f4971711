package io.staithe.core.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks at the times of an expression, in the names of EventBridge Scheduler. {@code FireTimes} says what the expression
 * means, and refuses one that means nothing.
 *
 * @param incarnation tells it from earlier ones of its name
 * @param scheduleExpression {@code cron(...)}, {@code rate(...)} or {@code at(...)}
 * @param scheduleExpressionTimezone of the IANA's data base; rates know none
 * @param startDate no fire time before; absent: from its creation on. One-time schedules heed neither date
 * @param endDate no fire time after
 * @param catchUpSeconds 1 to 86,400: a fire time at which nobody was there still starts its tasks for so long
 * @param firedUntil what became of every fire time up to here is settled; absent: none has come yet
 * @param fires the last ones, oldest first
 */
public record Schedule(
        String cluster,
        String name,
        String incarnation,
        String scheduleExpression,
        String scheduleExpressionTimezone,
        @Nullable Instant startDate,
        @Nullable Instant endDate,
        State state,
        ScheduleTarget target,
        Overlap overlap,
        int catchUpSeconds,
        Instant createdAt,
        @Nullable Instant firedUntil,
        List<ScheduleFire> fires)
        implements Entity {
    public static final int DEFAULT_CATCH_UP_SECONDS = 60;
    public static final int MAX_FIRES = 20;

    /** EventBridge Scheduler's rule. */
    private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z_.-]{1,64}");

    /** Whether its fire times count. */
    public enum State {
        ENABLED,
        DISABLED
    }

    /** What to do at a fire time while tasks of an earlier one are there. */
    public enum Overlap {
        /** Starts the new ones beside them, as EventBridge does. */
        ALLOW,
        /** Leaves the fire time out. */
        SKIP,
        /** Stops them, and starts the new ones. */
        REPLACE
    }

    public Schedule {
        Check.name(cluster, "cluster");
        Check.that(
                name != null && NAME.matcher(name).matches(),
                "name",
                "must be 1 to 64 letters, digits, hyphens, underscores and dots");
        Check.text(scheduleExpression, "scheduleExpression", 256);
        checkZone(scheduleExpressionTimezone);
        Check.that(
                startDate == null || endDate == null || startDate.isBefore(endDate),
                "endDate",
                "must be after startDate");
        Check.range(catchUpSeconds, 1, 86_400, "catchUpSeconds");
        fires = Check.list(fires);
        Check.atMost(fires, MAX_FIRES, "fires");
    }

    private static void checkZone(String zone) {
        try {
            ZoneId.of(Check.text(zone, "scheduleExpressionTimezone", 50));
        } catch (DateTimeException unknown) {
            throw new Invalid("scheduleExpressionTimezone", "must be a time zone such as Europe/Berlin or UTC");
        }
    }

    @Override
    public Key key() {
        return Key.schedule(cluster, name);
    }

    public ZoneId zone() {
        return ZoneId.of(scheduleExpressionTimezone);
    }

    public boolean isEnabled() {
        return state == State.ENABLED;
    }

    /** The times after this one are to come: just before its creation while none has been settled. */
    public Instant settledUntil() {
        return firedUntil == null ? createdAt.minusNanos(1) : firedUntil;
    }

    /** @param number which of a fire time's tasks, from 0 on */
    public TaskId task(Instant at, int number) {
        return TaskId.from("schedule/" + incarnation + "/" + at + "/" + number);
    }

    /** These fire times are settled, the last of them and all before it. */
    public Schedule fired(List<ScheduleFire> more) {
        List<ScheduleFire> all = new ArrayList<>(fires);
        all.addAll(more);
        List<ScheduleFire> last = all.subList(Math.max(0, all.size() - MAX_FIRES), all.size());
        return new Schedule(
                cluster,
                name,
                incarnation,
                scheduleExpression,
                scheduleExpressionTimezone,
                startDate,
                endDate,
                state,
                target,
                overlap,
                catchUpSeconds,
                createdAt,
                more.get(more.size() - 1).at(),
                last);
    }

    /** This one as somebody wants it from now on. Other times than before begin now: none that was not its own is missed. */
    public Schedule changedTo(Schedule asked, Instant now) {
        boolean sameTimes = scheduleExpression.equals(asked.scheduleExpression)
                && scheduleExpressionTimezone.equals(asked.scheduleExpressionTimezone)
                && Objects.equals(startDate, asked.startDate)
                && Objects.equals(endDate, asked.endDate)
                && state == asked.state;
        return new Schedule(
                cluster,
                name,
                incarnation,
                asked.scheduleExpression,
                asked.scheduleExpressionTimezone,
                asked.startDate,
                asked.endDate,
                asked.state,
                asked.target,
                asked.overlap,
                asked.catchUpSeconds,
                createdAt,
                sameTimes ? firedUntil : now,
                fires);
    }
}
