package io.staithe.core.scheduler;

import io.staithe.core.model.HostPort;
import java.util.Optional;

/** The host ports that the task fixes are free. Ports that the runtime chooses never clash. */
final class PortsFree implements Rule {
    @Override
    public Optional<Veto> check(Demand demand, Host host) {
        return demand.task().hostPorts().stream()
                .filter(port -> !host.isFree(port))
                .findFirst()
                .map(PortsFree::taken);
    }

    private static Veto taken(HostPort port) {
        return Veto.of("RESOURCE:PORTS", "host port " + port + " is taken");
    }
}
