package io.staithe.simulation;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.LifecycleStage;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.util.Optional;
import java.util.stream.Stream;

/** What holds while deployments go through their stages. */
final class StageCheckers {
    private StageCheckers() {}

    /** Traffic moves by our own act to a revision alone that has a healthy task. */
    static void shiftsToTheHealthy(ClusterState before, ClusterState after, Deployment is) {
        Deployment was = before.deployment(is.id()).orElse(null);
        boolean shifts = was != null
                && was.weight() > 0
                && is.weight() > was.weight()
                && is.lifecycleStage() == LifecycleStage.PRODUCTION_TRAFFIC_SHIFT;
        if (!shifts) return;
        int desired = after.service(is.service()).map(Service::desiredCount).orElse(0);
        boolean healthy = after.tasksOf(is.service())
                .anyMatch(task -> is.id().equals(task.deployment()) && task.isActive() && task.healthySince() != null);
        if (desired > 0 && !healthy)
            throw new Violation("traffic goes to the healthy", is.id() + " gets " + is.weight() + " of 1000");
    }

    /** The tasks that count against the same maximum: of two revisions side by side each has its own. */
    static Stream<Task> countedWith(ClusterState state, Service service, Task created) {
        Optional<DeploymentId> source = state.deployment(service.deployment())
                .filter(primary -> primary.lifecycleStage() != null)
                .map(Deployment::source);
        if (source.isEmpty()) return state.tasksOf(service.id());
        boolean old = source.get().equals(created.deployment());
        return state.tasksOf(service.id()).filter(task -> source.get().equals(task.deployment()) == old);
    }
}
