package io.staithe.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A name under which services ask for the hosts of a group. {@link #FARGATE} and {@link #FARGATE_SPOT} always exist, and are not
 * stored.
 *
 * @param hostGroup ECS's Auto Scaling group
 * @param managedTerminationProtection no host goes while a task that is not of a daemon service runs on it
 * @param managedDraining a host that is to go is drained first
 */
public record CapacityProvider(
        String name,
        String hostGroup,
        ManagedScaling managedScaling,
        boolean managedTerminationProtection,
        boolean managedDraining,
        List<Tag> tags,
        Instant createdAt)
        implements Entity {
    public static final String FARGATE = "FARGATE";
    public static final String FARGATE_SPOT = "FARGATE_SPOT";
    private static final Set<String> BUILT_IN = Set.of(FARGATE, FARGATE_SPOT);

    public CapacityProvider {
        Check.name(name, "name");
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        Check.that(
                !lower.startsWith("aws") && !lower.startsWith("ecs") && !lower.startsWith("fargate"),
                "name",
                "must not begin with aws, ecs or fargate");
        Check.name(hostGroup, "autoScalingGroupArn");
        Check.that(
                !managedTerminationProtection || managedScaling.enabled(),
                "managedTerminationProtection",
                "needs managed scaling");
        tags = Check.list(tags);
        Check.atMost(tags, Tag.MAX_PER_RESOURCE, "tags");
    }

    @Override
    public Key key() {
        return Key.capacityProvider(name);
    }

    public static boolean isFargate(String name) {
        return BUILT_IN.contains(name);
    }

    public static boolean isSpot(String name) {
        return FARGATE_SPOT.equals(name);
    }
}
