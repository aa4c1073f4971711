package io.staithe.core.scheduler;

import java.util.Optional;

/** What else the task's {@code memberOf} constraints ask holds for the host: task groups on it, its agent, its age, its load. */
final class HostMatches implements Rule {
    @Override
    public Scope scope(Demand demand) {
        return demand.expressions().askAboutHosts() ? Scope.HOST : Scope.NOTHING;
    }

    @Override
    public boolean allows(Demand demand, Host host) {
        return demand.expressions().allowHost(host);
    }

    @Override
    public Optional<Veto> check(Demand demand, Host host) {
        return demand.expressions().checkHost(host);
    }
}
