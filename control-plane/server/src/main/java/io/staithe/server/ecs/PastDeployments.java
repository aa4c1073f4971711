package io.staithe.server.ecs;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TaskDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deployments, and with them service revisions, that the store may have forgotten. The history database keeps them. */
@FunctionalInterface
public interface PastDeployments {
    /**
     * A service's deployments as they were last seen, newest first; none while the database is away.
     *
     * @param limit most deployments to return
     */
    List<PastDeployment> ofService(ServiceId service, int limit);

    /** @param taskDefinition what its tasks were made from; absent: nobody knows any more */
    record PastDeployment(Deployment deployment, @Nullable TaskDefinition taskDefinition) {}
}
