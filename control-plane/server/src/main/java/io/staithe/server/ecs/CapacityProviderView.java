package io.staithe.server.ecs;

import io.staithe.core.model.CapacityProvider;
import software.amazon.awssdk.services.ecs.model.ManagedScaling;

/** A capacity provider as ECS shows it: its host group where ECS has an Auto Scaling group. */
final class CapacityProviderView {
    private CapacityProviderView() {}

    static software.amazon.awssdk.services.ecs.model.CapacityProvider of(
            CapacityProvider provider, Arns arns, boolean withTags) {
        var view = named(provider.name(), arns)
                .autoScalingGroupProvider(group -> group.autoScalingGroupArn(arns.hostGroup(provider.hostGroup()))
                        .managedScaling(scaling(provider))
                        .managedTerminationProtection(word(provider.managedTerminationProtection()))
                        .managedDraining(word(provider.managedDraining())));
        if (withTags) view.tags(Requests.tagViews(provider.tags()));
        return view.build();
    }

    static software.amazon.awssdk.services.ecs.model.CapacityProvider fargate(String name, Arns arns) {
        return named(name, arns).build();
    }

    private static software.amazon.awssdk.services.ecs.model.CapacityProvider.Builder named(String name, Arns arns) {
        return software.amazon.awssdk.services.ecs.model.CapacityProvider.builder()
                .name(name)
                .capacityProviderArn(arns.capacityProvider(name))
                .status("ACTIVE");
    }

    private static ManagedScaling scaling(CapacityProvider provider) {
        return Shapes.write(provider.managedScaling(), ManagedScaling.builder())
                .status(word(provider.managedScaling().enabled()))
                .build();
    }

    private static String word(boolean enabled) {
        return enabled ? "ENABLED" : "DISABLED";
    }
}
