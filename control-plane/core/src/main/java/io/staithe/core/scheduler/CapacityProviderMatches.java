package io.staithe.core.scheduler;

import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.ContainerInstance;
import java.util.Optional;

/**
 * A task that names a capacity provider runs on that one's hosts. One that names none runs on any but those of Fargate mode. A
 * dedicated host is for a task of exactly its size.
 */
final class CapacityProviderMatches implements Rule {
    static final String CODE = "CAPACITY";

    @Override
    public Scope scope(Demand demand) {
        return Scope.CLASS;
    }

    @Override
    public Optional<Veto> check(Demand demand, Host host) {
        ContainerInstance instance = host.instance();
        String wanted = demand.capacityProvider();
        String has = instance.capacityProvider();
        if (wanted == null)
            return has == null || !CapacityProvider.isFargate(has)
                    ? Optional.empty()
                    : Optional.of(Veto.of(CODE, "is kept for tasks of capacity provider " + has));
        if (!wanted.equals(has))
            return Optional.of(
                    Veto.of(CODE, "is not of capacity provider " + wanted + (has == null ? "" : ", but of " + has)));
        return !instance.dedicated() || demand.need().equals(instance.registered())
                ? Optional.empty()
                : Optional.of(Veto.of(CODE, "is made for one task of another size"));
    }
}
