package io.staithe.core.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A date in one of ECS's forms: {@code 2018-06-18T22:28:28+00:00}, {@code 2018-06-18T22:28:28Z}, {@code
 * 2018-06-18T22:28:28} and {@code 2018-06-18}; without a zone it is UTC.
 *
 * <p>It is as long as it is written: a day, or a second. A host that registered within it is equal to it, or {@code ==}
 * would never hold. ECS does not say how long its dates are.
 *
 * @param until exclusive
 */
record RegistrationDate(Instant from, Instant until) {
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern SECOND = Pattern.compile(DAY + "T[0-9]{2}:[0-9]{2}:[0-9]{2}");
    private static final Pattern ZONE = Pattern.compile("Z|[+-][0-9]{2}:[0-9]{2}");
    private static final Pattern ZONED_SECOND = Pattern.compile(SECOND + "(" + ZONE + ")");

    /** Empty when {@code text} has another form, or is no day or time of the calendar. */
    static Optional<RegistrationDate> of(String text) {
        try {
            if (DAY.matcher(text).matches()) return Optional.of(day(LocalDate.parse(text)));
            if (SECOND.matcher(text).matches())
                return Optional.of(second(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC)));
            if (ZONED_SECOND.matcher(text).matches())
                return Optional.of(second(OffsetDateTime.parse(text).toInstant()));
            return Optional.empty();
        } catch (DateTimeException noSuchDate) {
            return Optional.empty();
        }
    }

    /** Negative when {@code moment} is before it, 0 within it, positive after it. */
    int compare(Instant moment) {
        if (moment.isBefore(from)) return -1;
        return moment.isBefore(until) ? 0 : 1;
    }

    private static RegistrationDate day(LocalDate day) {
        Instant from = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return new RegistrationDate(from, from.plus(1, ChronoUnit.DAYS));
    }

    private static RegistrationDate second(Instant from) {
        return new RegistrationDate(from, from.plusSeconds(1));
    }
}
