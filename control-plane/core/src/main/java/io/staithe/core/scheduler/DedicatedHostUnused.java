package io.staithe.core.scheduler;

import java.util.Optional;

/** A dedicated host takes one task. */
final class DedicatedHostUnused implements Rule {
    @Override
    public Scope scope(Demand demand) {
        return demand.capacityProvider() == null ? Scope.NOTHING : Scope.HOST;
    }

    @Override
    public boolean allows(Demand demand, Host host) {
        return !host.instance().dedicated() || host.runningTasksCount() == 0;
    }

    @Override
    public Optional<Veto> check(Demand demand, Host host) {
        return allows(demand, host)
                ? Optional.empty()
                : Optional.of(Veto.of(CapacityProviderMatches.CODE, "is dedicated to another task"));
    }
}
