package io.staithe.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.staithe.core.model.Rebalancing.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RebalancingTest {
    /** 2026-03-02 is a Monday. In Berlin, clocks go from 2:00 to 3:00 on 29 March and from 3:00 to 2:00 on 25 October. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MONDAY        | 09:00 | 17:00 | UTC              | 2026-03-02T08:59:59Z | false",
                "MONDAY        | 09:00 | 17:00 | UTC              | 2026-03-02T09:00:00Z | true",
                "MONDAY        | 09:00 | 17:00 | UTC              | 2026-03-02T16:59:59Z | true",
                "MONDAY        | 09:00 | 17:00 | UTC              | 2026-03-02T17:00:00Z | false",
                "MONDAY        | 09:00 | 17:00 | UTC              | 2026-03-03T09:00:00Z | false",
                "              | 09:00 | 17:00 | UTC              | 2026-03-03T09:00:00Z | true",
                "MONDAY        | 09:00 | 17:00 | America/New_York | 2026-03-02T13:59:59Z | false",
                "MONDAY        | 09:00 | 17:00 | America/New_York | 2026-03-02T14:00:00Z | true",
                "MONDAY        | 22:00 | 04:00 | UTC              | 2026-03-02T21:59:59Z | false",
                "MONDAY        | 22:00 | 04:00 | UTC              | 2026-03-02T22:00:00Z | true",
                "MONDAY        | 22:00 | 04:00 | UTC              | 2026-03-03T03:59:59Z | true",
                "MONDAY        | 22:00 | 04:00 | UTC              | 2026-03-03T04:00:00Z | false",
                "MONDAY        | 22:00 | 04:00 | UTC              | 2026-03-02T03:00:00Z | false",
                "SUNDAY MONDAY | 22:00 | 04:00 | UTC              | 2026-03-02T03:00:00Z | true",
                "MONDAY        | 00:00 | 00:00 | UTC              | 2026-03-02T00:00:00Z | true",
                "MONDAY        | 00:00 | 00:00 | UTC              | 2026-03-02T23:59:59Z | true",
                "MONDAY        | 00:00 | 00:00 | UTC              | 2026-03-03T00:00:00Z | false",
                // Forward: 2:30 does not exist and is 3:30, or 1:30 UTC; half an hour stays half an hour.
                "SUNDAY        | 02:30 | 04:00 | Europe/Berlin    | 2026-03-29T01:29:59Z | false",
                "SUNDAY        | 02:30 | 04:00 | Europe/Berlin    | 2026-03-29T01:30:00Z | true",
                "SUNDAY        | 02:00 | 02:30 | Europe/Berlin    | 2026-03-29T01:00:00Z | true",
                "SUNDAY        | 02:00 | 02:30 | Europe/Berlin    | 2026-03-29T01:29:59Z | true",
                "SUNDAY        | 02:00 | 02:30 | Europe/Berlin    | 2026-03-29T01:30:00Z | false",
                "SATURDAY      | 22:00 | 04:00 | Europe/Berlin    | 2026-03-29T01:59:59Z | true",
                "SATURDAY      | 22:00 | 04:00 | Europe/Berlin    | 2026-03-29T02:00:00Z | false",
                // Back: 2:30 comes twice, at 0:30 and at 1:30 UTC; the first is meant.
                "SUNDAY        | 02:30 | 04:00 | Europe/Berlin    | 2026-10-25T00:29:59Z | false",
                "SUNDAY        | 02:30 | 04:00 | Europe/Berlin    | 2026-10-25T00:30:00Z | true",
                "SUNDAY        | 02:30 | 04:00 | Europe/Berlin    | 2026-10-25T02:59:59Z | true",
                "SUNDAY        | 02:30 | 04:00 | Europe/Berlin    | 2026-10-25T03:00:00Z | false",
                "SUNDAY        | 01:00 | 02:30 | Europe/Berlin    | 2026-10-25T00:29:59Z | true",
                "SUNDAY        | 01:00 | 02:30 | Europe/Berlin    | 2026-10-25T01:15:00Z | false",
            })
    void aWindowIsOpen(String days, LocalTime from, LocalTime to, String zone, Instant at, boolean open) {
        assertEquals(open, within(new Window(days(days), from, to, zone)).opensAt(at));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MONDAY          | 09:00 | UTC           | 2026-03-02T08:59:59Z | 2026-03-02T09:00:00Z",
                "MONDAY          | 09:00 | UTC           | 2026-03-02T09:00:00Z | 2026-03-09T09:00:00Z",
                "                | 09:00 | UTC           | 2026-03-02T09:00:00Z | 2026-03-03T09:00:00Z",
                "TUESDAY SUNDAY  | 22:00 | UTC           | 2026-03-02T09:00:00Z | 2026-03-03T22:00:00Z",
                "SATURDAY        | 22:00 | Europe/Berlin | 2026-03-28T21:30:00Z | 2026-04-04T20:00:00Z",
                "SUNDAY          | 02:30 | Europe/Berlin | 2026-03-28T21:30:00Z | 2026-03-29T01:30:00Z",
            })
    void aWindowOpensNext(String days, LocalTime from, String zone, Instant after, Instant opens) {
        Window window = new Window(days(days), from, from.plusHours(1), zone);
        assertEquals(Optional.of(opens), within(window).opensAfter(after));
    }

    @Test
    void whatIsAlwaysOrNeverOpenDoesNotOpen() {
        assertEquals(Optional.empty(), Rebalancing.DEFAULT.opensAfter(Instant.EPOCH));
        Rebalancing off = new Rebalancing(false, 2, 30, 300, false, List.of(window("UTC")));
        assertEquals(Optional.empty(), off.opensAfter(Instant.EPOCH));
    }

    @Test
    void anyOfSeveralWindowsWillDo() {
        Window morning = window("UTC");
        Window evening = new Window(List.of(), LocalTime.of(20, 0), LocalTime.of(21, 0), "UTC");
        assertEquals(true, within(morning, evening).opensAt(Instant.parse("2026-03-02T20:30:00Z")));
        assertEquals(false, within(morning, evening).opensAt(Instant.parse("2026-03-02T19:30:00Z")));
    }

    @Test
    void withoutWindowsItIsAlwaysOpenUnlessSwitchedOff() {
        assertEquals(true, Rebalancing.DEFAULT.opensAt(Instant.EPOCH));
        assertEquals(false, new Rebalancing(false, 2, 30, 300, false, List.of()).opensAt(Instant.EPOCH));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 30, 300, movesAtOnce",
        "101, 30, 300, movesAtOnce",
        "2, 0, 300, movesPerHour",
        "2, 1001, 300, movesPerHour",
        "2, 30, -1, minimumTaskAgeSeconds",
        "2, 30, 604801, minimumTaskAgeSeconds"
    })
    void whatIsOutOfRangeIsRefused(int atOnce, int perHour, int age, String field) {
        Invalid invalid =
                assertThrows(Invalid.class, () -> new Rebalancing(true, atOnce, perHour, age, false, List.of()));
        assertEquals(field, invalid.field());
    }

    @Test
    void windowsAreBoundedAndHaveATimeZone() {
        assertEquals(
                "windows: must have at most 10 entries",
                assertThrows(
                                Invalid.class,
                                () -> within(
                                        Collections.nCopies(11, window("UTC")).toArray(Window[]::new)))
                        .getMessage());
        assertEquals(
                "timeZone: must be a time zone such as Europe/Berlin or UTC",
                assertThrows(Invalid.class, () -> window("Mars/Olympus")).getMessage());
        assertEquals(
                "days: must not name a day twice",
                assertThrows(
                                Invalid.class,
                                () -> new Window(
                                        List.of(DayOfWeek.MONDAY, DayOfWeek.MONDAY),
                                        LocalTime.NOON,
                                        LocalTime.MIDNIGHT,
                                        "UTC"))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({"-1, 1, movesAtOnce", "101, 1, movesAtOnce", "0, -1, movesPerHour", "0, 1001, movesPerHour"})
    void aServicesBudgetHasTheSameBounds(int atOnce, int perHour, String field) {
        assertEquals(
                field,
                assertThrows(Invalid.class, () -> new DisruptionBudget(atOnce, perHour))
                        .field());
    }

    private static Window window(String timeZone) {
        return new Window(List.of(), LocalTime.of(9, 0), LocalTime.of(17, 0), timeZone);
    }

    private static Rebalancing within(Window... windows) {
        return new Rebalancing(true, 2, 30, 300, false, List.of(windows));
    }

    private static List<DayOfWeek> days(String days) {
        return days == null
                ? List.of()
                : Stream.of(days.split(" ")).map(DayOfWeek::valueOf).toList();
    }
}
