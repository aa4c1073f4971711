package io.staithe.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Service;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsTest {
    private static final Duration LIFE = Duration.ofSeconds(5);

    private final World world = new World();
    private final Service service = world.service("web", world.definition("web", 1, 128), 3);
    private Instant time = world.now;
    private int number;

    @ParameterizedTest(name = "after {0} early deaths: {1} s")
    @CsvSource({"0, 0", "1, 0", "2, 10", "3, 20", "4, 40", "5, 80", "6, 160", "7, 300", "8, 300", "40, 300"})
    void waitsLongerAfterEachEarlyDeath(int deaths, int seconds) {
        List<Task> ended = new ArrayList<>();
        for (int i = 0; i < deaths; i++) ended.add(failed(0, LIFE, StopCode.EssentialContainerExited));
        Optional<Instant> expected = seconds == 0 ? Optional.empty() : Optional.of(time.plusSeconds(seconds));
        assertEquals(expected, new Slots(ended, List.of()).notBefore(0));
    }

    @ParameterizedTest
    @CsvSource({
        "TaskFailedToStart, , true",
        "EssentialContainerExited, 0, true",
        "EssentialContainerExited, 9, true",
        "EssentialContainerExited, 10, false",
        "ServiceSchedulerInitiated, 1, false",
        "UserInitiated, 1, false",
        "TerminationNotice, 1, false",
    })
    void onlyAnEarlyFailureCounts(StopCode code, @Nullable Integer ranForSeconds, boolean counts) {
        Duration life = ranForSeconds == null ? null : Duration.ofSeconds(ranForSeconds);
        List<Task> ended = List.of(failed(0, life, code), failed(0, life, code));
        assertEquals(counts, new Slots(ended, List.of()).notBefore(0).isPresent());
    }

    @Test
    void aLongLifeInBetweenForgetsWhatWasBefore() {
        List<Task> ended = List.of(
                failed(0, LIFE, StopCode.EssentialContainerExited),
                failed(0, LIFE, StopCode.EssentialContainerExited),
                failed(0, Duration.ofMinutes(1), StopCode.EssentialContainerExited),
                failed(0, LIFE, StopCode.EssentialContainerExited));
        assertEquals(Optional.empty(), new Slots(ended, List.of()).notBefore(0));
    }

    @Test
    void eachSlotWaitsForItself() {
        List<Task> ended = List.of(
                failed(0, LIFE, StopCode.EssentialContainerExited), failed(0, LIFE, StopCode.EssentialContainerExited));
        assertEquals(Optional.empty(), new Slots(ended, List.of()).notBefore(1));
    }

    @Test
    void theLowestFreeSlotsAreGiven() {
        Task zero = GivenTask.task(1).of(service, 0).build();
        Task two = GivenTask.task(2).of(service, 2).build();
        Slots slots = new Slots(List.of(zero, two), List.of(zero, two));
        assertEquals(List.of(1, 3, 4), slots.free(3));
        assertEquals(List.of(), slots.free(0));
    }

    @Test
    void whatLeavesGivesItsSlotAway() {
        Task leaving = GivenTask.task(1).of(service, 0).build();
        assertEquals(List.of(0), new Slots(List.of(leaving), List.of()).free(1));
    }

    /** The next task of the slot, which has ended. */
    private Task failed(int slot, @Nullable Duration life, StopCode code) {
        Instant created = time;
        time = time.plus(life == null ? LIFE : life);
        return GivenTask.task(++number)
                .of(service, slot)
                .createdAt(created)
                .build()
                .but()
                .lastStatus(LastStatus.PENDING)
                .startedAt(life == null ? null : created)
                .stop(code, "for the test", time)
                .stoppedAt(time)
                .build();
    }
}
