package io.staithe.server.ecs;

import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import io.staithe.server.aws.ApiError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fargate's platform versions. Here they all are one, with the newest's name: what runs a task is the agent. */
final class FargatePlatform {
    static final String FAMILY = "Linux";
    /** What {@code LATEST} stands for, as on Fargate. */
    static final String VERSION = "1.4.0";

    private static final String LATEST = "LATEST";

    private FargatePlatform() {}

    /** @throws ApiError in ECS's words for a version that is not there, or not on Fargate */
    static void check(ServiceRevision revision) {
        String version = revision.platformVersion();
        if (version == null) return;
        if ("EC2".equals(revision.launchType()))
            throw ApiError.invalidParameter("The platform version must be null when specifying an EC2 launch type.");
        if (!List.of(LATEST, VERSION).contains(version))
            throw ApiError.badRequest("PlatformUnknownException", "The specified platform version does not exist.");
    }

    /** As it was asked for; absent: not on Fargate. */
    static @Nullable String asked(ServiceRevision revision) {
        if (!isFargate(revision)) return null;
        return revision.platformVersion() == null ? LATEST : revision.platformVersion();
    }

    /** What that stands for; absent: not on Fargate. */
    static @Nullable String resolved(ServiceRevision revision) {
        return isFargate(revision) ? VERSION : null;
    }

    static @Nullable String family(ServiceRevision revision) {
        return isFargate(revision) ? FAMILY : null;
    }

    private static boolean isFargate(ServiceRevision revision) {
        return "FARGATE".equals(revision.launchType())
                || revision.capacityProviderStrategy().stream()
                        .anyMatch(item -> CapacityProvider.isFargate(item.capacityProvider()));
    }

    static boolean isFargate(Task task) {
        return "FARGATE".equals(task.launchType())
                || (task.capacityProvider() != null && CapacityProvider.isFargate(task.capacityProvider()));
    }
}
