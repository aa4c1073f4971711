package io.staithe.core.deployment;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.Service;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a group of tasks is to become.
 *
 * @param own the deployment that is to have {@code desired} tasks
 * @param desired of its own tasks
 * @param kept an older deployment that is to keep {@code keptDesired} tasks; absent: none keeps any
 */
record Goal(DeploymentId own, int desired, @Nullable DeploymentId kept, int keptDesired) {
    /** All tasks are to be of one deployment. */
    static Goal only(DeploymentId own, int desired) {
        return new Goal(own, desired, null, 0);
    }

    /** What a service wants in the end. */
    static Goal of(Service service) {
        return only(service.deployment(), service.status() == Service.Status.ACTIVE ? service.desiredCount() : 0);
    }

    /** {@code part} of 1000 of the desired tasks are the new deployment's, rounded up; the source keeps the others. */
    static Goal part(Deployment deployment, int desired, int part) {
        int own = (int) (((long) desired * part + Deployment.WHOLE - 1) / Deployment.WHOLE);
        return new Goal(deployment.id(), own, deployment.source(), desired - own);
    }

    int total() {
        return desired + keptDesired;
    }

    /** The deployments that may start tasks, the own one first. */
    List<DeploymentId> deployments() {
        return kept == null ? List.of(own) : List.of(own, kept);
    }
}
