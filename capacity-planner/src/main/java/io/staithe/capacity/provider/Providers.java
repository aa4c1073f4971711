package io.staithe.capacity.provider;

import io.staithe.capacity.provider.ec2.Ec2Provider;
import io.staithe.capacity.provider.fixed.FixedProvider;
import io.staithe.capacity.provider.kubernetes.KubernetesProvider;

/**
 * The providers by name. A provider's classes, and those of the client it brings, are loaded when it is opened: a control plane
 * without host groups of a cloud pays nothing for it.
 */
public final class Providers {
    private Providers() {}

    /**
     * Opens a provider. Nothing is asked of it yet.
     *
     * @param name as host groups name it
     * @throws IllegalArgumentException for a name that is none, or a configuration with which it cannot work
     */
    public static InstanceProvider open(String name, ProviderContext context) {
        return switch (name) {
            case "static" -> FixedProvider.open(context);
            case "ec2" -> Ec2Provider.open(context);
            case "kubernetes" -> KubernetesProvider.open(context);
            default -> throw new IllegalArgumentException("there is no provider " + name);
        };
    }
}
