package io.staithe.core.deployment;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service with any tasks on two hosts, for tests of what is done about them. */
abstract class ReplicaRolloutCase {
    static final DeploymentId OLD = new DeploymentId("7");

    final World world = new World();
    final TaskDefinition definition = world.definition("web", 1, 128);
    final ContainerInstance one = world.host("one", 4096, 4096);
    final ContainerInstance two = world.host("two", 4096, 4096);
    Service service = service(0, null, null);
    final List<Task> tasks = new ArrayList<>();

    ReplicaRollout rollout() {
        return rolloutOf(service);
    }

    ReplicaRollout rolloutOf(Service of) {
        return new ReplicaRollout(world.state(), of, tasks, world.now);
    }

    Task old(LastStatus status, boolean healthy) {
        return add(given().of(service, tasks.size()).deployment(OLD).on(one, status), healthy);
    }

    Task current(ContainerInstance host, LastStatus status, boolean healthy) {
        return add(given().of(service, tasks.size()).on(host, status), healthy);
    }

    /** Each is made a second after the one before. */
    GivenTask given() {
        return GivenTask.task(tasks.size() + 1).of(definition).createdAt(world.now.plusSeconds(tasks.size()));
    }

    /** Another version of a task that was given. */
    Task replace(Task given, Task by) {
        tasks.set(tasks.indexOf(given), by);
        return by;
    }

    Task add(GivenTask given, boolean healthy) {
        Task task = given.build().but().healthySince(healthy ? world.now : null).build();
        tasks.add(task);
        return task;
    }

    Service service(int desired, @Nullable Integer minimum, @Nullable Integer maximum) {
        DeploymentConfiguration configuration = DeploymentConfiguration.of(minimum, maximum);
        Service made = world.service("web", ServiceRevision.of(definition.id()), desired, configuration);
        return service == null
                ? made
                : made.but()
                        .deployment(service.deployment(), made.revision(), world.now, null)
                        .build();
    }
}
