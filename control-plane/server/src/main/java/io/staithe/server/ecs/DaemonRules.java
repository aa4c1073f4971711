package io.staithe.server.ecs;

import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.ServiceRevision;
import io.staithe.server.aws.ApiError;
import org.jspecify.annotations.Nullable;

/** What a service with the scheduling strategy DAEMON cannot ask for, in ECS's words where they are known. */
final class DaemonRules {
    private DaemonRules() {}

    /**
     * @param desiredCount as it was asked for
     * @throws ApiError InvalidParameterException for the first rule that does not hold
     */
    static void check(@Nullable Integer desiredCount, ServiceRevision revision, DeploymentConfiguration configuration) {
        if (desiredCount != null)
            throw ApiError.invalidParameter("The daemon scheduling strategy does not support a desired count for"
                    + " services. Remove the desired count value and try again");
        Integer maximum = configuration.maximumPercent();
        if (maximum != null && maximum > 100)
            throw ApiError.invalidParameter("The daemon scheduling strategy does not support values above 100 for"
                    + " maximumPercent on a deployment configuration. Change the maximumPercent value to 100, and try"
                    + " again");
        if (!revision.placementStrategy().isEmpty())
            throw ApiError.invalidParameter("The daemon scheduling strategy does not support placement strategies."
                    + " Remove the placement strategy and try again");
        if (!revision.capacityProviderStrategy().isEmpty())
            throw ApiError.invalidParameter("Specifying a capacity provider strategy is not supported when you create a"
                    + " service using the DAEMON scheduling strategy.");
        if ("FARGATE".equals(revision.launchType()))
            throw ApiError.invalidParameter("The daemon scheduling strategy does not support the launch type FARGATE.");
    }
}
