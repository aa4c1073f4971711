package io.staithe.core.scheduler;

import io.staithe.core.model.HostPort;
import java.util.Optional;

/** The host ports that the task fixes are free. Ports that the runtime chooses never clash. */
final class PortsFree implements Rule {
    @Override
    public Scope scope(Demand demand) {
        return demand.ports().isEmpty() ? Scope.NOTHING : Scope.HOST;
    }

    @Override
    public boolean allows(Demand demand, Host host) {
        for (HostPort port : demand.ports()) if (!host.isFree(port)) return false;
        return true;
    }

    @Override
    public Optional<Veto> check(Demand demand, Host host) {
        return demand.ports().stream()
                .filter(port -> !host.isFree(port))
                .sorted()
                .findFirst()
                .map(port -> Veto.of("RESOURCE:PORTS", "host port " + port + " is taken"));
    }
}
