package io.staithe.core.schedule;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Schedule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a schedule fires. The expressions are EventBridge Scheduler's, and so is what they mean where clocks are changed: a
 * time that does not exist is left out, one that exists twice counts the first time only.
 */
public final class FireTimes {
    private static final Pattern CRON = Pattern.compile("cron\\((.+)\\)");
    private static final Pattern RATE = Pattern.compile("rate\\(([1-9][0-9]{0,5}) (minute|hour|day)s?\\)");
    private static final Pattern AT = Pattern.compile("at\\((\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2})\\)");
    private static final String FIELD = "scheduleExpression";
    /** Minutes of the longest stretch in which clocks go back or leave times out: a day, as Samoa did. */
    private static final int MAX_STEPS = 1_500;

    private static final CronDefinition AWS = CronDefinitionBuilder.defineCron()
            .withMinutes()
            .and()
            .withHours()
            .and()
            .withDayOfMonth()
            .supportsL()
            .supportsW()
            .supportsLW()
            .supportsQuestionMark()
            .and()
            .withMonth()
            .and()
            .withDayOfWeek()
            .withValidRange(1, 7)
            .withMondayDoWValue(2)
            .supportsHash()
            .supportsL()
            .supportsQuestionMark()
            .and()
            .withYear()
            .withValidRange(1970, 2199)
            .and()
            .instance();

    private interface Times {
        Optional<Instant> after(Instant time);
    }

    private final Times times;
    private final @Nullable Instant start;
    private final @Nullable Instant end;

    private FireTimes(Times times, @Nullable Instant start, @Nullable Instant end) {
        this.times = times;
        this.start = start;
        this.end = end;
    }

    /** @throws Invalid for an expression that is none */
    public static FireTimes of(Schedule schedule) {
        String expression = schedule.scheduleExpression();
        ZoneId zone = schedule.zone();
        Matcher rate = RATE.matcher(expression);
        if (rate.matches()) {
            Instant first = schedule.startDate() == null ? schedule.createdAt() : schedule.startDate();
            return new FireTimes(rate(first, period(rate)), schedule.startDate(), schedule.endDate());
        }
        Matcher at = AT.matcher(expression);
        if (at.matches()) return new FireTimes(once(at.group(1), zone), null, null);
        Matcher cron = CRON.matcher(expression);
        if (cron.matches())
            return new FireTimes(cron(cron.group(1).strip(), zone), schedule.startDate(), schedule.endDate());
        throw new Invalid(FIELD, "must be like cron(0 10 * * ? *), rate(5 minutes) or at(2026-12-31T23:59:00)");
    }

    /** The first one later than {@code time}. */
    public Optional<Instant> after(Instant time) {
        Instant from = start != null && time.isBefore(start) ? start.minusNanos(1) : time;
        return times.after(from).filter(at -> end == null || !at.isAfter(end));
    }

    /** Those later than {@code time} and not later than {@code until}, in order, as many as {@code most}. */
    public List<Instant> between(Instant time, Instant until, int most) {
        List<Instant> found = new ArrayList<>();
        Optional<Instant> next = after(time);
        while (next.isPresent() && !next.get().isAfter(until) && found.size() < most) {
            found.add(next.get());
            next = after(next.get());
        }
        return found;
    }

    private static Duration period(Matcher rate) {
        long value = Long.parseLong(rate.group(1));
        return switch (rate.group(2)) {
            case "minute" -> Duration.ofMinutes(value);
            case "hour" -> Duration.ofHours(value);
            default -> Duration.ofDays(value);
        };
    }

    private static Times rate(Instant first, Duration period) {
        return time -> {
            if (time.isBefore(first)) return Optional.of(first);
            long passed = Duration.between(first, time).dividedBy(period);
            return Optional.of(first.plus(period.multipliedBy(passed + 1)));
        };
    }

    private static Times once(String written, ZoneId zone) {
        LocalDateTime local;
        try {
            local = LocalDateTime.parse(written);
        } catch (DateTimeException none) {
            throw new Invalid(FIELD, "at(...) must hold a date and time that exist");
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty()) throw new Invalid(FIELD, "at(...) is left out by the clocks of " + zone);
        Instant at = local.toInstant(offsets.get(0));
        return time -> at.isAfter(time) ? Optional.of(at) : Optional.empty();
    }

    private static Times cron(String fields, ZoneId zone) {
        String[] six = fields.split("\\s+", -1);
        if (six.length != 6)
            throw new Invalid(
                    FIELD, "cron(...) must have six fields: minutes, hours, day of month, month, day of week, year");
        if (six[2].equals("?") == six[4].equals("?"))
            throw new Invalid(FIELD, "cron(...) must have ? either as its day of month or as its day of week");
        ExecutionTime times;
        try {
            six[0] = Wrapped.range(six[0], 0, 59, List.of());
            six[1] = Wrapped.range(six[1], 0, 23, List.of());
            six[2] = Wrapped.range(six[2], 1, 31, List.of());
            six[3] = Wrapped.range(six[3], 1, 12, Wrapped.MONTHS);
            six[4] = Wrapped.range(six[4], 1, 7, Wrapped.DAYS);
            times = ExecutionTime.forCron(new CronParser(AWS).parse(String.join(" ", six)));
        } catch (IllegalArgumentException refused) {
            throw new Invalid(FIELD, "cron(...) cannot be read: " + refused.getMessage());
        }
        return time -> cron(times, zone, time);
    }

    /** Steps along local times as if no clock were ever changed, and then says which of them exist. */
    private static Optional<Instant> cron(ExecutionTime times, ZoneId zone, Instant after) {
        ZonedDateTime local = after.atZone(zone).toLocalDateTime().atZone(ZoneOffset.UTC);
        for (int step = 0; step < MAX_STEPS; step++) {
            Optional<ZonedDateTime> next = times.nextExecution(local);
            if (next.isEmpty()) return Optional.empty();
            local = next.get();
            LocalDateTime written = local.toLocalDateTime();
            Optional<Instant> found = zone.getRules().getValidOffsets(written).stream()
                    .findFirst()
                    .map(written::toInstant)
                    .filter(at -> at.isAfter(after));
            if (found.isPresent()) return found;
        }
        return Optional.empty();
    }
}
