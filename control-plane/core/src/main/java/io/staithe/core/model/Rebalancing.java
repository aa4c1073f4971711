package io.staithe.core.model;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When and how much the mover may do in a cluster.
 *
 * @param enabled false: nothing is moved, whatever services ask for
 * @param movesAtOnce 1 to 100 tasks of the cluster
 * @param movesPerHour 1 to 1,000 tasks of the cluster
 * @param minimumTaskAgeSeconds 0 to 604,800; what started later is left alone
 * @param defragment whether hosts are emptied too, besides repairing the balance between Availability Zones
 * @param windows when moves may begin; empty: always
 */
public record Rebalancing(
        boolean enabled,
        int movesAtOnce,
        int movesPerHour,
        int minimumTaskAgeSeconds,
        boolean defragment,
        List<Window> windows) {
    public static final int MAX_MOVES_AT_ONCE = 100;
    public static final int MAX_MOVES_PER_HOUR = 1000;
    private static final int MAX_WINDOWS = 10;
    private static final int MAX_TASK_AGE_SECONDS = 604_800;

    /** Where a cluster says nothing. */
    public static final Rebalancing DEFAULT = new Rebalancing(true, 2, 30, 300, false, List.of());

    /**
     * A span of the day on some days of the week. One that ends at or before its beginning ends on the day after. Where clocks
     * are put forward, a time that does not exist is as much later as they were; where they are put back, the first of two
     * is meant. So a window opens once and closes once on each of its days.
     *
     * @param days on which it opens; empty: every day
     * @param to exclusive; equal to {@code from}: a whole day later
     * @param timeZone such as {@code Europe/Berlin} or {@code UTC}
     */
    public record Window(List<DayOfWeek> days, LocalTime from, LocalTime to, String timeZone) {
        public Window {
            days = Check.list(days);
            Check.that(days.stream().distinct().count() == days.size(), "days", "must not name a day twice");
            Check.text(timeZone, "timeZone", 64);
            zone(timeZone);
        }

        public boolean isOpenAt(Instant time) {
            ZoneId zone = zone(timeZone);
            LocalDate today = time.atZone(zone).toLocalDate();
            return Stream.of(today.minusDays(1), today).anyMatch(day -> opensOn(day) && isOpenAt(time, day, zone));
        }

        /** When it opens next, later than at {@code time}. */
        Instant opensAfter(Instant time) {
            ZoneId zone = zone(timeZone);
            return Stream.iterate(time.atZone(zone).toLocalDate(), day -> day.plusDays(1))
                    .filter(this::opensOn)
                    .map(day -> day.atTime(from).atZone(zone).toInstant())
                    .filter(time::isBefore)
                    .findFirst()
                    .orElseThrow();
        }

        private boolean opensOn(LocalDate day) {
            return days.isEmpty() || days.contains(day.getDayOfWeek());
        }

        private boolean isOpenAt(Instant time, LocalDate day, ZoneId zone) {
            LocalDate lastDay = to.isAfter(from) ? day : day.plusDays(1);
            Instant opens = day.atTime(from).atZone(zone).toInstant();
            Instant closes = lastDay.atTime(to).atZone(zone).toInstant();
            return !time.isBefore(opens) && time.isBefore(closes);
        }

        private static ZoneId zone(String name) {
            try {
                return ZoneId.of(name);
            } catch (DateTimeException unknown) {
                throw new Invalid("timeZone", "must be a time zone such as Europe/Berlin or UTC");
            }
        }
    }

    public Rebalancing {
        Check.range(movesAtOnce, 1, MAX_MOVES_AT_ONCE, "movesAtOnce");
        Check.range(movesPerHour, 1, MAX_MOVES_PER_HOUR, "movesPerHour");
        Check.range(minimumTaskAgeSeconds, 0, MAX_TASK_AGE_SECONDS, "minimumTaskAgeSeconds");
        windows = Check.list(windows);
        Check.atMost(windows, MAX_WINDOWS, "windows");
    }

    /** When moves may begin again, later than at {@code time}; empty: not because of time. */
    public Optional<Instant> opensAfter(Instant time) {
        if (!enabled) return Optional.empty();
        return windows.stream().map(window -> window.opensAfter(time)).min(Instant::compareTo);
    }

    /** Whether a move may begin at this moment. */
    public boolean opensAt(Instant time) {
        return enabled && (windows.isEmpty() || windows.stream().anyMatch(window -> window.isOpenAt(time)));
    }
}
