package io.staithe.capacity.planner;

import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.ManagedScaling;

/** A capacity provider, and the host group from which its hosts are bought. */
record Supply(String provider, HostGroup group, ManagedScaling scaling) {
    boolean isFargate() {
        return CapacityProvider.isFargate(provider);
    }

    /** Whether room for tasks to come is kept here: spot hosts are no reserve. */
    boolean keepsWarm() {
        return !group.warm().isEmpty() && !CapacityProvider.isSpot(provider);
    }
}
