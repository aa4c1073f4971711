package io.staithe.core.scheduler;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.DisruptionBudget;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.Task;
import java.util.List;
import java.util.Objects;

/** Tasks of several priorities that want the same room. */
class GivenPriorities {
    final World world = new World();

    void service(String name, int desired, DisruptionBudget budget) {
        world.put(world.service(name, world.definition(name, 1, 100), desired)
                .but()
                .disruptionBudget(budget)
                .build());
        world.converge();
    }

    static PlacementPolicy priority(int priority) {
        return new PlacementPolicy(priority, List.of(), List.of(), false, 0, null);
    }

    static GivenTask task(int number, int priority, int memory) {
        return GivenTask.task(number)
                .group("family:" + number)
                .needs(1, memory, 0)
                .policy(priority(priority));
    }

    Task run(GivenTask given) {
        Task task = given.build();
        world.put(task);
        world.converge();
        assertNotNull(world.task(task.id()).instance());
        return task;
    }

    Task wait(GivenTask given) {
        Task task = given.build();
        world.put(task);
        world.settle();
        return task;
    }

    String why(Task task) {
        return Objects.requireNonNull(world.task(task.id()).placement()).summary();
    }

    long preempted() {
        return world.state().tasksIn(World.CLUSTER).filter(Task::isPreempted).count();
    }
}
