package io.staithe.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.World;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.Relocation;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks that task protection keeps, and tasks that the mover wants elsewhere. */
class HeldAndMovedTasksTest {
    private final World world = new World();

    @BeforeEach
    void threeTasksRun() {
        world.host("one", 4096, 4096);
        world.host("two", 4096, 4096);
        world.service("web", world.definition("web", 1, 128), 3);
        world.rest();
    }

    @Test
    void aProtectedTaskIsNotScaledIn() {
        Task held = protect(running(2), world.now.plus(Duration.ofHours(2)));
        scale(1);
        world.rest();
        assertEquals(
                List.of(held.id()), world.running("web").stream().map(Task::id).toList());
    }

    @Test
    void scalingInWaitsForProtectionToEndAndSaysSo() {
        Instant ends = world.now.plus(Duration.ofMinutes(40));
        for (int i = 0; i < 3; i++) protect(running(i), ends);
        scale(1);
        world.rest();
        assertEquals(3, world.running("web").size());
        assertTrue(reason().contains("3 of its tasks are protected from ending, the first until " + ends), reason());
        world.now = ends.minusSeconds(60);
        world.converge();
        assertEquals(3, world.running("web").size());
        world.pass(Duration.ofMinutes(1)).rest();
        assertEquals(1, world.running("web").size());
        assertTrue(reason().endsWith("completed."), reason());
    }

    @Test
    void aDeploymentStartsItsTasksAndWaitsForProtectedOnesToEnd() {
        Task held = protect(running(0), world.now.plus(Duration.ofMinutes(30)));
        world.deploy("web", world.definition("web", 2, 128));
        world.rest();
        assertEquals(4, world.running("web").size());
        assertTrue(world.task(held.id()).isActive());
        world.pass(Duration.ofMinutes(30)).rest();
        assertEquals(3, world.running("web").size());
        assertFalse(world.task(held.id()).isActive());
    }

    @Test
    void aServiceThatIsDeletedTakesProtectedTasksAlong() {
        protect(running(0), world.now.plus(Duration.ofHours(2)));
        world.put(world.service("web").but().status(Service.Status.DRAINING).build());
        world.rest();
        assertEquals(0, world.running("web").size());
    }

    @Test
    void aDaemonsTaskIsReplacedWhenItsProtectionEnds() {
        world.daemon("logs", world.definition("logs", 1, 64));
        world.rest();
        Task held = protect(world.running("logs").get(0), world.now.plus(Duration.ofMinutes(30)));
        world.deploy("logs", world.definition("logs", 2, 64));
        world.rest();
        assertTrue(world.task(held.id()).isActive());
        assertEquals(2, world.running("logs").size());
        world.pass(Duration.ofMinutes(30)).rest();
        assertTrue(world.running("logs").stream()
                .allMatch(task -> task.taskDefinition().revision() == 2));
        assertEquals(2, world.running("logs").size());
    }

    @Test
    void aTaskThatIsToBeMovedEndsOnceItsReplacementIsHealthy() {
        Task moved = world.put(running(0)
                .but()
                .relocation(new Relocation("zone a has 2 more than zone b", world.now))
                .build());
        world.settle();
        assertEquals(4, world.active("web").size(), "its replacement starts first");
        world.rest();
        assertEquals(3, world.running("web").size());
        assertEquals(
                "The task has been moved: zone a has 2 more than zone b",
                world.task(moved.id()).stoppedReason());
    }

    @Test
    void aTaskIsNotMovedBeforeItsReplacementEvenIfFewerMayBeHealthy() {
        configure(DeploymentConfiguration.of(0, 200));
        world.put(running(0).but().relocation(new Relocation("why", world.now)).build());
        world.settle();
        assertEquals(4, world.active("web").size());
    }

    @Test
    void aTaskStaysWhereItIsWhenNothingMayStartFirst() {
        configure(DeploymentConfiguration.of(0, 100));
        world.put(running(0).but().relocation(new Relocation("why", world.now)).build());
        world.rest();
        assertEquals(3, world.running("web").size());
        assertEquals(3, world.active("web").size());
    }

    private Task running(int number) {
        return world.running("web").get(number);
    }

    private Task protect(Task task, Instant until) {
        return world.put(task.but().protectedUntil(until).build());
    }

    private void scale(int desired) {
        world.put(world.service("web").but().desiredCount(desired).build());
    }

    private void configure(DeploymentConfiguration to) {
        world.put(world.service("web").but().deploymentConfiguration(to).build());
        world.rest();
    }

    private String reason() {
        return world.state()
                .deployment(world.service("web").deployment())
                .orElseThrow()
                .rolloutStateReason();
    }
}
