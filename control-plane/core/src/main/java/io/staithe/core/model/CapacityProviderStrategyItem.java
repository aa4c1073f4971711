package io.staithe.core.model;

import org.jspecify.annotations.Nullable;

/** How much of a service runs on a capacity provider: first {@code base} tasks, then a share by {@code weight}. */
public record CapacityProviderStrategyItem(
        String capacityProvider,
        @Nullable Integer weight,
        @Nullable Integer base) {
    public CapacityProviderStrategyItem {
        Check.text(capacityProvider, "capacityProvider", 255);
        Check.range(weight, 0, 1000, "weight");
        Check.range(base, 0, 100_000, "base");
    }
}
