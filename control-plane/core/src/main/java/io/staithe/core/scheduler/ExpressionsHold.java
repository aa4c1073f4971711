package io.staithe.core.scheduler;

import io.staithe.core.model.Invalid;
import io.staithe.core.model.PlacementConstraint;
import java.util.Optional;

/** The expressions of the task's {@code memberOf} constraints hold for the host's attributes. */
final class ExpressionsHold implements Rule {
    @Override
    public Scope scope(Demand demand) {
        return demand.constraints().stream().anyMatch(PlacementConstraint::isMemberOf) ? Scope.CLASS : Scope.NOTHING;
    }

    @Override
    public Optional<Veto> check(Demand demand, Host host) {
        return demand.constraints().stream()
                .filter(PlacementConstraint::isMemberOf)
                .flatMap(constraint -> check(String.valueOf(constraint.expression()), host).stream())
                .findFirst();
    }

    private static Optional<Veto> check(String expression, Host host) {
        try {
            return MemberOf.parse(expression).matches(host.instance())
                    ? Optional.empty()
                    : Optional.of(Veto.of("MemberOf", "does not match " + expression));
        } catch (Invalid invalid) {
            // The API refuses it; one that came in otherwise must not keep every other task of the cluster waiting.
            return Optional.of(Veto.of("MemberOf", String.valueOf(invalid.getMessage())));
        }
    }
}
