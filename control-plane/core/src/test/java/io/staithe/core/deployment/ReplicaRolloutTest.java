package io.staithe.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaRolloutTest extends ReplicaRolloutCase {
    @ParameterizedTest(name = "{0} wanted, {1} % to {2} %, {3} old healthy: start {4}, stop {5}")
    @CsvSource({
        // The defaults: 100 % and 200 %.
        "4,    ,    , 4, 4, 0",
        "1,    ,    , 1, 1, 0",
        // The minimum is rounded up, the maximum down.
        "3,  50, 100, 3, 0, 1",
        "3,  50, 150, 3, 1, 1",
        "5,  50, 110, 5, 0, 2",
        "1,  50, 100, 1, 0, 0",
        "1,   0, 100, 1, 0, 1",
        "1, 100, 150, 1, 0, 0",
        "10, 99, 109, 10, 0, 0",
        "10, 90, 110, 10, 1, 1",
        // A maximum below 100 % does not keep the service below what it wants.
        "4,   0,  50, 0, 4, 0",
        // Scaled in meanwhile: what is too much goes as far as the minimum allows.
        "2, 100, 200, 5, 0, 3",
        "0, 100, 200, 3, 0, 3",
    })
    void aStepStaysWithinTheConfiguration(
            int desired, @Nullable Integer minimum, @Nullable Integer maximum, int old, int start, int stop) {
        service = service(desired, minimum, maximum);
        for (int i = 0; i < old; i++) old(LastStatus.RUNNING, true);
        assertEquals(start, rollout().toStart().size());
        assertEquals(stop, rollout().toStop().size());
    }

    @Test
    void anOldTaskStopsForEachNewOneThatIsHealthy() {
        service = service(3, 100, 200);
        for (int i = 0; i < 3; i++) old(LastStatus.RUNNING, true);
        current(one, LastStatus.RUNNING, true);
        current(one, LastStatus.RUNNING, false);
        current(one, LastStatus.PENDING, false);
        assertEquals(1, rollout().toStop().size());
    }

    @Test
    void anOldTaskThatNeverServedStopsAtOnce() {
        service = service(2, 100, 200);
        Task starting = old(LastStatus.ACTIVATING, false);
        old(LastStatus.RUNNING, true);
        assertEquals(List.of(starting), rollout().toStop());
    }

    @Test
    void anOldTaskThatIsNotHealthyWaitsForHealthyOnes() {
        service = service(2, 100, 200);
        Task undecided = old(LastStatus.RUNNING, false);
        current(one, LastStatus.RUNNING, true);
        assertEquals(List.of(), rollout().toStop());
        current(one, LastStatus.RUNNING, true);
        assertEquals(List.of(undecided), rollout().toStop());
    }

    @Test
    void oldTasksThatServeLeastStopFirst() {
        service = service(1, 0, 200);
        Task healthy = old(LastStatus.RUNNING, true);
        Task undecided = old(LastStatus.RUNNING, false);
        Task waiting = old(LastStatus.PROVISIONING, false);
        assertEquals(List.of(waiting, undecided, healthy), rollout().toStop());
    }

    @Test
    void surplusThatServesLeastGoesFirst() {
        service = service(1, null, null);
        current(one, LastStatus.RUNNING, true);
        Task starting = current(two, LastStatus.PENDING, false);
        assertEquals(List.of(starting), rollout().toStop());
    }

    @Test
    void surplusGoesFromTheFullestHostWhateverItsAge() {
        service = service(2, null, null);
        current(two, LastStatus.RUNNING, true);
        current(one, LastStatus.RUNNING, true);
        Task newest = current(one, LastStatus.RUNNING, true);
        assertEquals(List.of(newest), rollout().toStop());
    }

    @Test
    void theFullestHostIsFoundAnewForEachSurplusTask() {
        service = service(2, null, null);
        current(two, LastStatus.RUNNING, true);
        Task second = current(two, LastStatus.RUNNING, true);
        current(one, LastStatus.RUNNING, true);
        Task third = current(one, LastStatus.RUNNING, true);
        Task fourth = current(one, LastStatus.RUNNING, true);
        assertEquals(
                List.of(fourth, third, second),
                rolloutOf(service(2, null, null)).toStop());
    }

    @Test
    void aTaskOnADrainingHostIsReplaced() {
        service = service(1, null, null);
        current(one, LastStatus.RUNNING, true);
        world.put(one.but().status(ContainerInstance.Status.DRAINING).build());
        assertEquals(1, rollout().leaving().size());
        assertEquals(1, rollout().toStart().size());
        assertEquals(List.of(), rollout().toStop());
    }

    @Test
    void aTaskOnALostHostKeepsItsPlaceUntilItStops() {
        service = service(1, null, null);
        current(one, LastStatus.RUNNING, true);
        world.put(one.but().status(ContainerInstance.Status.LOST).build());
        assertEquals(0, rollout().toStart().size());
    }

    @Test
    void itIsStuckWhereNeitherStepIsAllowed() {
        service = service(1, 100, 100);
        old(LastStatus.RUNNING, true);
        assertTrue(rollout().obstacle().isPresent());
        service = service(1, 0, 100);
        assertFalse(rollout().obstacle().isPresent());
        service = service(1, 100, 200);
        assertFalse(rollout().obstacle().isPresent());
    }

    @Test
    void itIsNotStuckWhileSomethingMayStillSettle() {
        service = service(2, 100, 100);
        old(LastStatus.RUNNING, true);
        old(LastStatus.PENDING, false);
        assertFalse(rollout().obstacle().isPresent());
    }

    @Test
    void itIsSteadyWhenEverythingWantedRunsAndNothingElse() {
        service = service(1, null, null);
        assertFalse(rollout().isSteady());
        current(one, LastStatus.PENDING, false);
        assertFalse(rollout().isSteady());
        tasks.clear();
        current(one, LastStatus.RUNNING, false);
        assertTrue(rollout().isSteady(), "there is no check to wait for");
        old(LastStatus.RUNNING, true);
        assertFalse(rollout().isSteady());
    }

    @Test
    void aServiceThatIsBeingDeletedWantsNothing() {
        service = service(2, 100, 200).but().status(Service.Status.DRAINING).build();
        current(one, LastStatus.RUNNING, true);
        old(LastStatus.RUNNING, true);
        assertEquals(0, rollout().toStart().size());
        assertEquals(2, rollout().toStop().size());
    }
}
