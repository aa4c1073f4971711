package io.staithe.core.scheduler;

import io.staithe.core.model.PlacementConstraint;
import java.util.Optional;

/** A task constrained to a distinct instance has its host to itself, as far as its task group goes. */
final class DistinctInstance implements Rule {
    @Override
    public Scope scope(Demand demand) {
        return demand.constraints().stream().allMatch(PlacementConstraint::isMemberOf) ? Scope.NOTHING : Scope.HOST;
    }

    @Override
    public boolean allows(Demand demand, Host host) {
        return host.tasksOf(demand.group()) == 0;
    }

    @Override
    public Optional<Veto> check(Demand demand, Host host) {
        return allows(demand, host)
                ? Optional.empty()
                : Optional.of(Veto.of("MemberOf", "runs a task of " + demand.group() + " already"));
    }
}
