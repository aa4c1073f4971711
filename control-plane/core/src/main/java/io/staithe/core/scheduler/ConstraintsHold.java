package io.staithe.core.scheduler;

import io.staithe.core.model.PlacementConstraint;
import java.util.Optional;

/** The task's placement constraints: {@code distinctInstance} and {@code memberOf}. */
final class ConstraintsHold implements Rule {
    @Override
    public Optional<Veto> check(Demand demand, Host host) {
        for (PlacementConstraint constraint : demand.task().placementConstraints()) {
            if (constraint.type().equals("distinctInstance")) {
                if (host.tasksOf(demand.task().group()) > 0)
                    return Optional.of(Veto.of(
                            "MemberOf", "runs a task of " + demand.task().group() + " already"));
            } else if (!MemberOf.parse(String.valueOf(constraint.expression())).matches(host.instance())) {
                return Optional.of(Veto.of("MemberOf", "does not match " + constraint.expression()));
            }
        }
        return Optional.empty();
    }
}
