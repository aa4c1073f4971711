package io.staithe.core.scheduler;

import io.staithe.core.model.ContainerInstance;
import java.util.Locale;
import java.util.Optional;

/** The host is active, and its agent and container runtime answer. */
final class HostTakesTasks implements Rule {
    @Override
    public Scope scope(Demand demand) {
        return Scope.CLASS;
    }

    @Override
    public Optional<Veto> check(Demand demand, Host host) {
        ContainerInstance.Status status = host.instance().status();
        if (status != ContainerInstance.Status.ACTIVE)
            return Optional.of(Veto.of("INACTIVE", "is " + status.name().toLowerCase(Locale.ROOT)));
        return host.isReachable()
                ? Optional.empty()
                : Optional.of(Veto.of("AGENT", "its agent or Docker does not answer"));
    }
}
