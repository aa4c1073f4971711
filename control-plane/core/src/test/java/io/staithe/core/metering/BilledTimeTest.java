package io.staithe.core.metering;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BilledTimeTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // milliseconds, billed seconds
        "0, 60",
        "1, 60",
        "59999, 60",
        "60000, 60",
        "60001, 61",
        "61000, 61",
        "3600000, 3600",
        "3600500, 3601"
    })
    void billsWholeSecondsAndAtLeastAMinute(long millis, long seconds) {
        assertEquals(seconds, new BilledTime(START, START.plusMillis(millis)).seconds());
    }

    @ParameterizedTest
    @CsvSource({
        // of a run of 90.5 s: seconds after its start, billed before that
        "-10, 0",
        "0, 0",
        "1, 60",
        "60, 60",
        "61, 61",
        "90, 90",
        "91, 91",
        "1000, 91"
    })
    void billsTheFirstMinuteWhenItBegins(long seconds, long billed) {
        BilledTime time = new BilledTime(START, START.plusMillis(90_500));
        assertEquals(billed, time.secondsBefore(START.plusSeconds(seconds)));
    }
}
