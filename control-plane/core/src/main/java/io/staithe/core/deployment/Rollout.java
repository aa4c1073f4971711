package io.staithe.core.deployment;

import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Task;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A service's active tasks, sorted into those that stay and those that are to be replaced or go, and what its scheduling
 * strategy and its deployment configuration allow to be done about it now.
 */
interface Rollout {
    /**
     * A task that may be started.
     *
     * @param deployment whose task it is
     * @param slot absent: its place is the host
     * @param host where it has to run; absent: the scheduler chooses
     */
    record Start(
            DeploymentId deployment,
            @Nullable Integer slot,
            @Nullable InstanceId host) {}

    /** How many tasks a deployment is to have; of one that is on its way out, none. */
    int desired(DeploymentId deployment);

    List<Task> staying();

    List<Task> leaving();

    /** What may be started now, in this order. */
    List<Start> toStart();

    /** The tasks that may be stopped now, in the order in which to stop them. */
    List<Task> toStop();

    /** For people. */
    String whyStop(Task task);

    /** The primary deployment has the tasks that it is to have now, and all of them are healthy. */
    boolean isScaledUp();

    /** Nothing is left to do, and everything is well. */
    boolean isSteady();

    Optional<Obstacle> obstacle();

    /** The places of its own tasks that wait because the last ones failed. */
    List<HeldPlace> held();

    /** When time alone makes it worth looking again; absent: never. */
    @Nullable
    Instant wakeAt();
}
