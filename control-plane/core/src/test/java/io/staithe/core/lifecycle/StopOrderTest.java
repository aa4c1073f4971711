package io.staithe.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.staithe.core.World;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.assignment.HostAssignment;
import io.staithe.core.assignment.Target;
import io.staithe.core.model.DesiredStatus;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Kind;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a task stops for, its targets leave every edge host first, or have their time. Only then is its host told; what
 * the host does from there on is the agent's {@code PreStopTest}.
 */
class StopOrderTest {
    private final StopScene scene = new StopScene();
    private final World world = scene.world;

    @ParameterizedTest
    @EnumSource
    void theHostIsToldWhenEveryEdgeSaysThatTheTargetIsUnused(StopPath path) {
        for (Task task : stopping(path)) {
            assertIsLeaving(task);
            says(scene.one.id(), task, TargetHealth.State.UNUSED);
            assertIsLeaving(task);
            says(scene.two.id(), task, TargetHealth.State.DRAINING);
            assertIsLeaving(task);
            says(scene.two.id(), task, TargetHealth.State.UNUSED);
            assertIsToldToStop(task);
        }
    }

    @ParameterizedTest
    @EnumSource
    void orWhenTheDeregistrationDelayHasPassedWhoeverLeadsByThen(StopPath path) {
        List<Task> tasks = stopping(path);
        world.failOver();
        world.pass(Duration.ofSeconds(StopScene.DELAY_SECONDS).minusMillis(1)).settle();
        tasks.forEach(this::assertIsLeaving);
        world.pass(Duration.ofMillis(1)).settle();
        tasks.forEach(this::assertIsToldToStop);
    }

    /** Until something stops that was sent requests. */
    private List<Task> stopping(StopPath path) {
        path.take(scene);
        for (int i = 0; i < 100; i++) {
            world.converge();
            List<Task> found = world.state()
                    .all(Kind.TASK, Task.class)
                    .filter(task -> task.desiredStatus() == DesiredStatus.STOPPED && !task.isStopped())
                    .toList();
            assertFalse(found.stream().anyMatch(task -> task.lastStatus() == LastStatus.STOPPING), "told too early");
            if (!found.isEmpty()) return found;
            world.now = world.wakeAt().filter(world.now::isBefore).orElse(world.now);
        }
        throw new AssertionError("nothing stops");
    }

    private void says(InstanceId edge, Task task, TargetHealth.State health) {
        world.says(world.host(edge), task, health);
        world.settle();
    }

    private void assertIsLeaving(Task task) {
        assertEquals(LastStatus.DEACTIVATING, world.task(task.id()).lastStatus());
        assertEquals(DesiredStatus.RUNNING, asked(task.id()).desiredStatus());
        for (Target target : targets(task.id())) assertEquals(true, target.draining(), target.id());
        assertEquals(task.loadBalancers().size(), targets(task.id()).size());
    }

    private void assertIsToldToStop(Task task) {
        assertEquals(LastStatus.STOPPING, world.task(task.id()).lastStatus());
        assertEquals(DesiredStatus.STOPPED, asked(task.id()).desiredStatus());
    }

    private AssignedTask asked(TaskId task) {
        var host = world.host(Objects.requireNonNull(world.task(task).instance()));
        return HostAssignment.of(world.state(), host)
                .tasks()
                .filter(assigned -> assigned.task().equals(task))
                .findFirst()
                .orElseThrow();
    }

    private List<Target> targets(TaskId task) {
        return HostAssignment.of(world.state(), world.host(scene.one.id())).routing().targets().stream()
                .filter(target -> target.task().equals(task))
                .toList();
    }
}
