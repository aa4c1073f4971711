package io.staithe.core.scheduler;

import java.util.Optional;

/** What the task's {@code memberOf} constraints ask about attributes alone holds for the host. */
final class AttributesMatch implements Rule {
    @Override
    public Scope scope(Demand demand) {
        return demand.expressions().askAboutClasses() ? Scope.CLASS : Scope.NOTHING;
    }

    @Override
    public boolean allows(Demand demand, Host host) {
        return demand.expressions().allowClass(host);
    }

    @Override
    public Optional<Veto> check(Demand demand, Host host) {
        return demand.expressions().checkClass(host);
    }
}
