package io.staithe.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.stream.IntStream;
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

    @ParameterizedTest(name = "after {0} failures: {1} s at most")
    @CsvSource({"2, 10", "3, 20", "4, 40", "5, 80", "6, 160", "7, 300", "8, 300", "40, 300"})
    void waitsLongerAfterEachFailureByAFifthLessAtMost(int failures, int seconds) {
        List<Task> ended = new ArrayList<>();
        for (int i = 0; i < failures; i++) ended.add(failed(0, LIFE, StopCode.EssentialContainerExited));
        BackOff.Pause pause = slots(ended).pause(0).orElseThrow();
        assertEquals(failures, pause.failures());
        long millis = Duration.between(time, pause.until()).toMillis();
        assertTrue(millis <= seconds * 1000L && millis >= seconds * 800L, millis + " ms");
    }

    @Test
    void oneFailureIsMadeGoodAtOnce() {
        assertEquals(Optional.empty(), slots(List.of()).pause(0));
        Task once = failed(0, LIFE, StopCode.EssentialContainerExited);
        assertEquals(Optional.empty(), slots(List.of(once)).pause(0));
    }

    @Test
    void placesThatFailedTogetherDoNotStartTogether() {
        List<Task> ended = new ArrayList<>();
        for (int slot = 0; slot < 20; slot++)
            for (int i = 0; i < 7; i++) {
                Task task = failed(slot, LIFE, StopCode.EssentialContainerExited);
                ended.add(task.but().stoppedAt(world.now.plusSeconds(i)).build());
            }
        Slots slots = slots(ended);
        long times = IntStream.range(0, 20)
                .mapToObj(slot -> slots.pause(slot).orElseThrow().until())
                .distinct()
                .count();
        assertTrue(times > 10, times + " different times");
    }

    @ParameterizedTest
    @CsvSource({
        "TaskFailedToStart, , true",
        "EssentialContainerExited, 0, true",
        "EssentialContainerExited, 599, true",
        "EssentialContainerExited, 600, false",
        "ServiceSchedulerInitiated, 1, false",
        "UserInitiated, 1, false",
        "TerminationNotice, 1, false",
    })
    void onlyAFailureWithoutALongRunBeforeCounts(StopCode code, @Nullable Integer ranForSeconds, boolean counts) {
        Duration life = ranForSeconds == null ? null : Duration.ofSeconds(ranForSeconds);
        List<Task> ended = List.of(failed(0, life, code), failed(0, life, code));
        assertEquals(counts, slots(ended).pause(0).isPresent());
    }

    @Test
    void tasksThatFailTheirHealthChecksCount() {
        List<Task> ended = new ArrayList<>();
        for (int i = 0; i < 2; i++)
            ended.add(failed(
                    0,
                    Duration.ofMinutes(2),
                    StopCode.ServiceSchedulerInitiated,
                    "Task failed container health checks"));
        assertTrue(slots(ended).pause(0).isPresent());
    }

    @Test
    void whatFailedBeforeItWasToldToTryAgainCountsNoMore() {
        List<Task> ended = List.of(
                failed(0, LIFE, StopCode.EssentialContainerExited), failed(0, LIFE, StopCode.EssentialContainerExited));
        assertEquals(Optional.empty(), new Slots(ended, List.of(), time.plusMillis(1)).pause(0));
    }

    @Test
    void aLongLifeInBetweenForgetsWhatWasBefore() {
        List<Task> ended = List.of(
                failed(0, LIFE, StopCode.EssentialContainerExited),
                failed(0, LIFE, StopCode.EssentialContainerExited),
                failed(0, BackOff.HEALTHY_RUN, StopCode.EssentialContainerExited),
                failed(0, LIFE, StopCode.EssentialContainerExited));
        assertEquals(Optional.empty(), slots(ended).pause(0));
    }

    @Test
    void eachSlotWaitsForItself() {
        List<Task> ended = List.of(
                failed(0, LIFE, StopCode.EssentialContainerExited), failed(0, LIFE, StopCode.EssentialContainerExited));
        assertEquals(Optional.empty(), slots(ended).pause(1));
    }

    @Test
    void theLowestFreeSlotsAreGiven() {
        Task zero = GivenTask.task(1).of(service, 0).build();
        Task two = GivenTask.task(2).of(service, 2).build();
        Slots slots = new Slots(List.of(zero, two), List.of(zero, two), Instant.MIN);
        assertEquals(List.of(1, 3, 4), slots.free(3));
        assertEquals(List.of(), slots.free(0));
    }

    @Test
    void whatLeavesGivesItsSlotAway() {
        Task leaving = GivenTask.task(1).of(service, 0).build();
        assertEquals(List.of(0), slots(List.of(leaving)).free(1));
    }

    private static Slots slots(List<Task> deployment) {
        return new Slots(deployment, List.of(), Instant.MIN);
    }

    /** The next task of the slot, which has ended. */
    private Task failed(int slot, @Nullable Duration life, StopCode code) {
        return failed(slot, life, code, "for the test");
    }

    private Task failed(int slot, @Nullable Duration life, StopCode code, String reason) {
        Instant created = time;
        time = time.plus(life == null ? LIFE : life);
        return GivenTask.task(++number)
                .of(service, slot)
                .createdAt(created)
                .build()
                .but()
                .lastStatus(LastStatus.PENDING)
                .startedAt(life == null ? null : created)
                .stop(code, reason, time)
                .stoppedAt(time)
                .build();
    }
}
