package io.staithe.core.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.DisruptionBudget;
import io.staithe.core.model.Task;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whom a task of higher priority must leave alone. */
class PreemptionLimitsTest extends GivenPriorities {
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
        world.daemon("logs", world.definition("logs", 1, 100));
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
}
