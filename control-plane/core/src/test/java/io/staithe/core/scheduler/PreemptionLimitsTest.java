package io.staithe.core.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.DisruptionBudget;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Whom a task of higher priority must leave alone. */
class PreemptionLimitsTest {
    private final World world = new World();

    @Test
    void aProtectedTaskStaysUntilItsProtectionEnds() {
        world.host("host", 4096, 100);
        Task low = run(task(1, 0, 100));
        world.put(world.task(low.id())
                .but()
                .protectedUntil(world.now.plusSeconds(60))
                .build());
        Task high = wait(task(2, 7, 100));
        assertTrue(world.task(low.id()).isActive());
        assertTrue(why(high).endsWith("as they may"), why(high));
        world.pass(Duration.ofSeconds(60)).converge();
        assertNotNull(world.task(high.id()).instance());
    }

    @Test
    void daemonsStay() {
        world.host("host", 4096, 100);
        Service logs = world.service("logs", world.definition("logs", 1, 100), 0);
        world.put(new Service(
                logs.cluster(),
                logs.name(),
                logs.status(),
                logs.incarnation(),
                0,
                Service.SchedulingStrategy.DAEMON,
                logs.revision(),
                logs.deployment(),
                logs.deployedAt(),
                logs.deploymentConfiguration(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                logs.createdAt(),
                null,
                null));
        world.converge();
        wait(task(2, 7, 100));
        assertEquals(1, world.active("logs").size());
    }

    @Test
    void aBudgetOfNothingKeepsAllTasksOfAService() {
        world.host("host", 4096, 300);
        service("low", 3, new DisruptionBudget(0, 9));
        wait(task(2, 7, 100));
        assertEquals(0, preempted());
    }

    @Test
    void notMoreStopAtOnceThanTheBudgetHas() {
        world.host("host", 4096, 300);
        service("low", 3, new DisruptionBudget(1, 9));
        Task first = wait(task(1, 7, 100));
        Task second = wait(task(2, 7, 100));
        assertEquals(1, preempted());
        world.converge();
        assertNotNull(world.task(first.id()).instance());
        assertNotNull(world.task(second.id()).instance());
    }

    @Test
    void notMoreStopInAnHourThanTheBudgetHas() {
        world.host("host", 4096, 300);
        service("low", 3, new DisruptionBudget(9, 1));
        Task first = wait(task(1, 7, 100));
        Task second = wait(task(2, 7, 100));
        world.converge();
        assertNotNull(world.task(first.id()).instance());
        assertNull(world.task(second.id()).instance());
        world.pass(Duration.ofHours(1)).converge();
        assertNotNull(world.task(second.id()).instance());
    }

    private void service(String name, int desired, DisruptionBudget budget) {
        world.put(world.service(name, world.definition(name, 1, 100), desired)
                .but()
                .disruptionBudget(budget)
                .build());
        world.converge();
    }

    private static PlacementPolicy priority(int priority) {
        return new PlacementPolicy(priority, List.of(), List.of(), false, 0);
    }

    private static GivenTask task(int number, int priority, int memory) {
        return GivenTask.task(number)
                .group("family:" + number)
                .needs(1, memory, 0)
                .policy(priority(priority));
    }

    private Task run(GivenTask given) {
        Task task = given.build();
        world.put(task);
        world.converge();
        assertNotNull(world.task(task.id()).instance());
        return task;
    }

    private Task wait(GivenTask given) {
        Task task = given.build();
        world.put(task);
        world.settle();
        return task;
    }

    private String why(Task task) {
        return Objects.requireNonNull(world.task(task.id()).placement()).summary();
    }

    private long preempted() {
        return world.state().tasksIn(World.CLUSTER).filter(Task::isPreempted).count();
    }
}
