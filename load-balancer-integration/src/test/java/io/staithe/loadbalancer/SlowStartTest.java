package io.staithe.loadbalancer;

import static io.staithe.loadbalancer.Tables.group;
import static io.staithe.loadbalancer.Tables.slow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SlowStartTest {
    /** Slow start in seconds, whether the target is up, for how many seconds it has been so: its weight of 20. */
    @ParameterizedTest
    @CsvSource({
        "0, true, 0, 20",
        "0, false, 0, 20",
        "30, false, 0, 1",
        "30, false, 60, 1",
        "30, true, 0, 1",
        "30, true, 2, 1",
        "30, true, 3, 2",
        "30, true, 15, 10",
        "30, true, 29, 19",
        "30, true, 30, 20",
        "30, true, 3600, 20",
        "900, true, 44, 1",
        "900, true, 450, 10",
        "900, true, 899, 19",
        "900, true, 900, 20",
    })
    void aShareRisesEvenly(int slowStart, boolean up, long seconds, int weight) {
        assertEquals(weight, SlowStart.weight(slow(group("web"), slowStart), up, Duration.ofSeconds(seconds)));
    }
}
