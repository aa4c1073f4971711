package io.staithe.core.scheduler;

import io.staithe.core.model.Invalid;
import io.staithe.core.model.PlacementConstraint;
import java.util.Optional;

/** The task's placement constraints: {@code distinctInstance} and {@code memberOf}. */
final class ConstraintsHold implements Rule {
    @Override
    public Optional<Veto> check(Demand demand, Host host) {
        return demand.task().placementConstraints().stream()
                .flatMap(constraint -> check(constraint, demand, host).stream())
                .findFirst();
    }

    private static Optional<Veto> check(PlacementConstraint constraint, Demand demand, Host host) {
        if (constraint.type().equals("distinctInstance"))
            return host.tasksOf(demand.task().group()) > 0
                    ? Optional.of(Veto.of(
                            "MemberOf", "runs a task of " + demand.task().group() + " already"))
                    : Optional.empty();
        try {
            return MemberOf.parse(String.valueOf(constraint.expression())).matches(host.instance())
                    ? Optional.empty()
                    : Optional.of(Veto.of("MemberOf", "does not match " + constraint.expression()));
        } catch (Invalid invalid) {
            // The API refuses it; one that came in otherwise must not keep every other task of the cluster waiting.
            return Optional.of(Veto.of("MemberOf", String.valueOf(invalid.getMessage())));
        }
    }
}
