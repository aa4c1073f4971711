package io.staithe.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Containers;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Relocation;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks that are protected, and tasks that are to be moved. */
class KeptTasksTest extends ReplicaRolloutCase {
    private final Instant until = world.now.plus(Duration.ofMinutes(10));

    @ParameterizedTest(
            name = "{0} wanted, {1} % to {2} %, {3} old and {4} new, {5} of each protected: start {6}, stop {7}")
    @CsvSource({
        // Old ones that are protected count: as healthy, and as room that is taken.
        "4, 100, 200, 4, 0, 0, 4, 0",
        "4, 100, 200, 4, 4, 0, 0, 4",
        "4, 100, 200, 4, 4, 3, 0, 1",
        "4, 100, 200, 4, 4, 4, 0, 0",
        "4,   0, 100, 4, 0, 1, 0, 3",
        "4,  50, 100, 4, 0, 3, 0, 1",
        "2, 100, 150, 2, 0, 2, 1, 0",
        // Scaled in: those go that are not protected, and no more than are too many.
        "1, 100, 200, 0, 3, 0, 0, 2",
        "1, 100, 200, 0, 3, 2, 0, 1",
        "1, 100, 200, 0, 3, 3, 0, 0",
        "0, 100, 200, 0, 3, 2, 0, 1",
    })
    void protectedTasksStayAndCount(
            int desired,
            @Nullable Integer minimum,
            @Nullable Integer maximum,
            int old,
            int current,
            int kept,
            int start,
            int stop) {
        service = service(desired, minimum, maximum);
        for (int i = 0; i < old; i++) protect(old(LastStatus.RUNNING, true), i < kept);
        for (int i = 0; i < current; i++) protect(current(one, LastStatus.RUNNING, true), i < kept);
        assertEquals(start, rollout().toStart().size());
        assertEquals(stop, rollout().toStop().size());
        assertTrue(rollout().toStop().stream().noneMatch(task -> task.isProtectedAt(world.now)));
    }

    @Test
    void whatAProtectedTaskWaitsForIsSaidAndLookedAtWhenItsProtectionEnds() {
        service = service(1, 100, 200);
        Task old = protect(old(LastStatus.RUNNING, true), true);
        current(one, LastStatus.RUNNING, true);
        String reason = rollout().obstacle().orElseThrow().reason();
        assertTrue(reason.contains("1 of its tasks are protected from ending, the first until " + until), reason);
        assertFalse(rollout().isSteady());
        assertEquals(until, rollout().wakeAt());
        world.now = until;
        assertEquals(List.of(old), rollout().toStop());
        assertNull(rollout().wakeAt());
    }

    @Test
    void protectionThatKeepsNothingIsNothingToWaitFor() {
        service = service(1, 100, 200);
        protect(current(one, LastStatus.RUNNING, true), true);
        assertTrue(rollout().isSteady());
        assertTrue(rollout().obstacle().isEmpty());
        assertNull(rollout().wakeAt());
    }

    @Test
    void aDrainingHostWaitsForItsProtectedTask() {
        service = service(1, 100, 200);
        protect(current(one, LastStatus.RUNNING, true), true);
        current(two, LastStatus.RUNNING, true);
        world.put(one.but().status(ContainerInstance.Status.DRAINING).build());
        assertEquals(List.of(), rollout().toStop());
        assertEquals(until, rollout().wakeAt());
    }

    @Test
    void aProtectedTaskThatFailsItsChecksIsReplaced() {
        TaskDefinition checked = world.definition("web", 2, 128, Containers.checked());
        service = service(1, 0, 100);
        Task failing = protect(add(given().of(checked).of(service, 0).on(one, LastStatus.RUNNING), false), true);
        world.put(failing);
        world.report(failing, ContainerReport.State.RUNNING, HealthStatus.UNHEALTHY, null);
        assertEquals(List.of(failing), rollout().toStop());
        assertEquals("Task failed container health checks", rollout().whyStop(failing));
    }

    @Test
    void deletingAServiceHeedsNoProtection() {
        service = service(1, 100, 200).but().status(Service.Status.DRAINING).build();
        Task task = protect(current(one, LastStatus.RUNNING, true), true);
        assertEquals(List.of(task), rollout().toStop());
    }

    @ParameterizedTest(name = "{0} wanted, {1} % to {2} %, {3} to be moved, {4} in their place: start {5}, stop {6}")
    @CsvSource({
        "3, 100, 200, 1, 0, 1, 0",
        "3, 100, 200, 1, 1, 0, 1",
        "3, 100, 200, 2, 1, 1, 1",
        // Whatever the minimum, its replacement comes first.
        "3,   0, 200, 1, 0, 1, 0",
        "3,   0, 200, 1, 1, 0, 1",
        "3,   0, 100, 1, 0, 0, 0",
    })
    void aMovedTaskStopsOnceItsReplacementIsHealthy(
            int desired, int minimum, int maximum, int moved, int replacements, int start, int stop) {
        service = service(desired, minimum, maximum);
        for (int i = 0; i < desired; i++) {
            Task task = current(one, LastStatus.RUNNING, true);
            if (i < moved) move(task);
        }
        for (int i = 0; i < replacements; i++) add(given().of(service, i).on(two, LastStatus.RUNNING), true);
        assertEquals(start, rollout().toStart().size());
        assertEquals(stop, rollout().toStop().size());
        assertTrue(rollout().toStop().stream().allMatch(task -> task.relocation() != null));
        assertFalse(rollout().isSteady());
    }

    @Test
    void oneThatMayBeServingIsNotMovedBeforeItsReplacementEither() {
        service = service(1, 0, 200);
        Task moved = move(current(one, LastStatus.RUNNING, false));
        assertEquals(List.of(), rollout().toStop());
        add(given().of(service, 0).on(two, LastStatus.RUNNING), true);
        assertEquals(List.of(moved), rollout().toStop());
    }

    @Test
    void itsReplacementTakesItsSlotAndItsStopSaysWhy() {
        service = service(2, 100, 200);
        Task moved = move(current(one, LastStatus.RUNNING, true));
        current(two, LastStatus.RUNNING, true);
        assertEquals(
                List.of(new Rollout.Start(service.deployment(), 0, null)),
                rollout().toStart());
        assertEquals(
                "The task has been moved: it leaves its host empty", rollout().whyStop(moved));
    }

    private Task protect(Task task, boolean yes) {
        return yes ? replace(task, task.but().protectedUntil(until).build()) : task;
    }

    private Task move(Task task) {
        Relocation relocation = new Relocation("it leaves its host empty", world.now);
        return replace(task, task.but().relocation(relocation).build());
    }
}
