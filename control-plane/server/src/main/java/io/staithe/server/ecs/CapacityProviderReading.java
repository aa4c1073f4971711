package io.staithe.server.ecs;

import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.ManagedScaling;
import io.staithe.server.aws.ApiError;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.AutoScalingGroupProvider;
import software.amazon.awssdk.services.ecs.model.AutoScalingGroupProviderUpdate;
import software.amazon.awssdk.services.ecs.model.CreateCapacityProviderRequest;

/** What a capacity provider becomes by a request. A host group stands where ECS has an Auto Scaling group. */
public final class CapacityProviderReading {
    private static final String PROVIDER = "autoScalingGroupProvider";

    private CapacityProviderReading() {}

    /**
     * The capacity provider that {@code request} makes. As in ECS, scaling is managed only where the request says so.
     *
     * @throws ApiError UnsupportedFeatureException for Managed Instances
     * @throws Invalid for a field that breaks a rule
     */
    public static CapacityProvider create(CreateCapacityProviderRequest request, Instant now) {
        if (request.managedInstancesProvider() != null)
            throw ApiError.unsupportedFeature(
                    "managedInstancesProvider is not supported: name a host group with autoScalingGroupProvider.");
        if (request.cluster() != null)
            throw new Invalid("cluster", "is for managed instances, which are not supported");
        AutoScalingGroupProvider asked = request.autoScalingGroupProvider();
        if (asked == null) throw new Invalid(PROVIDER, "is required");
        if (asked.autoScalingGroupArn() == null) throw new Invalid(PROVIDER + ".autoScalingGroupArn", "is required");
        return new CapacityProvider(
                Requests.required(request.name(), "Capacity provider name"),
                Names.hostGroup(asked.autoScalingGroupArn()),
                asked.managedScaling() == null ? off() : scaling(asked.managedScaling(), ManagedScaling.DEFAULT),
                isEnabled(asked.managedTerminationProtectionAsString(), false, "managedTerminationProtection"),
                isEnabled(asked.managedDrainingAsString(), true, "managedDraining"),
                Requests.tags(request.tags()),
                now);
    }

    /** What {@code asked} makes of {@code current}; what it does not name stays. */
    static CapacityProvider update(CapacityProvider current, @Nullable AutoScalingGroupProviderUpdate asked) {
        if (asked == null) throw new Invalid(PROVIDER, "is required");
        return Shapes.copy(current)
                .with(
                        "managedScaling",
                        asked.managedScaling() == null
                                ? current.managedScaling()
                                : scaling(asked.managedScaling(), current.managedScaling()))
                .with(
                        "managedTerminationProtection",
                        isEnabled(
                                asked.managedTerminationProtectionAsString(),
                                current.managedTerminationProtection(),
                                "managedTerminationProtection"))
                .with(
                        "managedDraining",
                        isEnabled(asked.managedDrainingAsString(), current.managedDraining(), "managedDraining"))
                .make();
    }

    private static ManagedScaling off() {
        return Shapes.copy(ManagedScaling.DEFAULT).with("enabled", false).make();
    }

    private static ManagedScaling scaling(
            software.amazon.awssdk.services.ecs.model.ManagedScaling asked, ManagedScaling otherwise) {
        return Shapes.within(
                PROVIDER + ".managedScaling",
                () -> new ManagedScaling(
                        isEnabled(asked.statusAsString(), otherwise.enabled(), "status"),
                        Objects.requireNonNullElse(asked.targetCapacity(), otherwise.targetCapacity()),
                        Objects.requireNonNullElse(asked.minimumScalingStepSize(), otherwise.minimumScalingStepSize()),
                        Objects.requireNonNullElse(asked.maximumScalingStepSize(), otherwise.maximumScalingStepSize()),
                        Objects.requireNonNullElse(asked.instanceWarmupPeriod(), otherwise.instanceWarmupPeriod())));
    }

    private static boolean isEnabled(@Nullable String word, boolean otherwise, String field) {
        if (word == null) return otherwise;
        if (!word.equals("ENABLED") && !word.equals("DISABLED"))
            throw new Invalid(field, "must be one of ENABLED, DISABLED");
        return word.equals("ENABLED");
    }
}
