package io.staithe.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenSchedule;
import io.staithe.core.model.Invalid;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FireTimesTest {
    private static final Instant LONG_AFTER = Instant.parse("2199-12-31T00:00:00Z");

    /** The examples of EventBridge Scheduler's and EventBridge's documentation, and the wildcards that those describe. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 10 * * ? *             | 2026-01-01T10:00 2026-01-02T10:00 2026-01-03T10:00
            15 12 * * ? *            | 2026-01-01T12:15 2026-01-02T12:15
            0 18 ? * MON-FRI *       | 2026-01-01T18:00 2026-01-02T18:00 2026-01-05T18:00
            0 8 1 * ? *              | 2026-01-01T08:00 2026-02-01T08:00 2026-03-01T08:00
            0/15 * * * ? *           | 2026-01-01T00:15 2026-01-01T00:30 2026-01-01T00:45 2026-01-01T01:00
            0/10 * ? * MON-FRI *     | 2026-01-01T00:10 2026-01-01T00:20
            0/30 20-2 ? * MON-FRI *  | 2026-01-01T00:30 2026-01-01T01:00 2026-01-01T01:30 2026-01-01T02:00 2026-01-01T02:30 2026-01-01T20:00
            0 0 ? * FRI-SUN *        | 2026-01-02T00:00 2026-01-03T00:00 2026-01-04T00:00 2026-01-09T00:00
            0 22-4/3 * * ? *         | 2026-01-01T01:00 2026-01-01T04:00 2026-01-01T22:00
            0/5 8-17 ? * MON-FRI *   | 2026-01-01T08:00 2026-01-01T08:05
            15 10 ? * 6L 2026-2027   | 2026-01-30T10:15 2026-02-27T10:15 2026-03-27T10:15
            0 9 ? * 2#1 *            | 2026-01-05T09:00 2026-02-02T09:00
            15 10 L * ? *            | 2026-01-31T10:15 2026-02-28T10:15 2026-03-31T10:15
            0 0 3W * ? *             | 2026-01-02T00:00 2026-02-03T00:00 2026-03-03T00:00
            0 0 15W * ? *            | 2026-01-15T00:00 2026-02-16T00:00 2026-03-16T00:00
            0 0 ? * 3#2 *            | 2026-01-13T00:00 2026-02-10T00:00
            0 0 ? * SUN *            | 2026-01-04T00:00 2026-01-11T00:00
            0 0 ? * 1 *              | 2026-01-04T00:00 2026-01-11T00:00
            0 0 ? JAN,FEB 7 *        | 2026-01-03T00:00 2026-01-10T00:00
            0 0 29 2 ? *             | 2028-02-29T00:00 2032-02-29T00:00
            30 2 1 1 ? 2030-2031     | 2030-01-01T02:30 2031-01-01T02:30
            0,30 6,18 1,15 * ? *     | 2026-01-01T06:00 2026-01-01T06:30 2026-01-01T18:00 2026-01-01T18:30 2026-01-15T06:00
            """)
    void documentedCronExpressions(String cron, String expected) {
        assertEquals(expected, times("cron(" + cron + ")", "UTC", "2026-01-01T00:00:00Z", expected.split(" ").length));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # Forward on 2026-03-29 at 02:00: what does not exist is left out
            30 2 * * ? *    | Europe/Berlin    | 2026-03-27T12:00:00Z | 2026-03-28T01:30 2026-03-30T00:30
            0 3 * * ? *     | Europe/Berlin    | 2026-03-28T12:00:00Z | 2026-03-29T01:00 2026-03-30T01:00
            0 * * * ? *     | Europe/Berlin    | 2026-03-28T23:30:00Z | 2026-03-29T00:00 2026-03-29T01:00 2026-03-29T02:00
            # Back on 2026-10-25 at 03:00: what exists twice counts once
            30 2 * * ? *    | Europe/Berlin    | 2026-10-24T12:00:00Z | 2026-10-25T00:30 2026-10-26T01:30
            0/30 * * * ? *  | Europe/Berlin    | 2026-10-25T00:15:00Z | 2026-10-25T00:30 2026-10-25T02:00
            0/30 * * * ? *  | Europe/Berlin    | 2026-10-25T01:10:00Z | 2026-10-25T02:00 2026-10-25T02:30
            # New York: 2026-03-08 and 2026-11-01
            30 2 * * ? *    | America/New_York | 2026-03-07T12:00:00Z | 2026-03-09T06:30
            30 1 * * ? *    | America/New_York | 2026-10-31T12:00:00Z | 2026-11-01T05:30 2026-11-02T06:30
            # Half an hour only
            15 2 * * ? *    | Australia/Lord_Howe | 2026-10-02T20:00:00Z | 2026-10-04T15:15
            # A day that Samoa left out
            0 0 * * ? *     | Pacific/Apia     | 2011-12-29T10:30:00Z | 2011-12-30T10:00 2011-12-31T10:00
            """)
    void changesOfClocks(String cron, String zone, String after, String expected) {
        assertEquals(expected, times("cron(" + cron + ")", zone, after, expected.split(" ").length));
    }

    @Test
    void ratesCountFromTheStart() {
        FireTimes times = FireTimes.of(GivenSchedule.schedule("rate(5 minutes)")
                .createdAt("2026-01-01T00:00:07Z")
                .build());
        assertEquals(
                List.of("2026-01-01T00:00:07Z", "2026-01-01T00:05:07Z", "2026-01-01T00:10:07Z"),
                times.between(Instant.EPOCH, LONG_AFTER, 3).stream()
                        .map(Instant::toString)
                        .toList());
        assertEquals(
                "2026-01-01T00:10:07Z",
                times.after(Instant.parse("2026-01-01T00:05:07Z")).orElseThrow().toString());
    }

    @Test
    void nothingFiresOutsideOfTheDates() {
        FireTimes times = FireTimes.of(GivenSchedule.schedule("cron(0 10 * * ? *)")
                .between("2026-02-01T10:00:00Z", "2026-02-03T10:00:00Z")
                .build());
        assertEquals(
                "2026-02-01T10:00 2026-02-02T10:00 2026-02-03T10:00",
                shown(times.between(Instant.EPOCH, LONG_AFTER, 9)));
    }

    @Test
    void onceIsOnce() {
        FireTimes times = FireTimes.of(GivenSchedule.schedule("at(2026-06-01T12:30:00)")
                .zone("Asia/Tokyo")
                .build());
        assertEquals("2026-06-01T03:30", shown(times.between(Instant.EPOCH, LONG_AFTER, 9)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            every day                | must be like
            rate(0 minutes)          | must be like
            rate(5 seconds)          | must be like
            rate(5minutes)           | must be like
            at(2026-02-30T00:00:00)  | that exist
            at(2026-03-29T02:30:00)  | left out by the clocks
            cron(0 10 * * ?)         | six fields
            cron(0 10 * * * *)       | must have ?
            cron(0 10 ? * ? *)       | must have ?
            cron(60 10 * * ? *)      | cannot be read
            cron(0 10 ? * 8 *)       | cannot be read
            cron(0 10 ? * MON-FRY *) | cannot be read
            """)
    void whatMeansNothingIsRefusedByNameAndRule(String expression, String rule) {
        Invalid invalid = assertThrows(
                Invalid.class,
                () -> FireTimes.of(
                        GivenSchedule.schedule(expression).zone("Europe/Berlin").build()));
        assertEquals("scheduleExpression", invalid.field());
        assertTrue(invalid.rule().contains(rule), invalid.rule());
    }

    private static String times(String expression, String zone, String after, int most) {
        FireTimes times =
                FireTimes.of(GivenSchedule.schedule(expression).zone(zone).build());
        return shown(times.between(Instant.parse(after), LONG_AFTER, most));
    }

    private static String shown(List<Instant> times) {
        return times.stream()
                .map(at -> at.atOffset(ZoneOffset.UTC).toLocalDateTime().toString())
                .collect(Collectors.joining(" "));
    }
}
