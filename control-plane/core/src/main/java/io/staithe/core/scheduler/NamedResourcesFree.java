package io.staithe.core.scheduler;

import java.util.Map;
import java.util.Optional;

/** What the task reserves of resources beside CPU, memory and GPUs is free. */
final class NamedResourcesFree implements Rule {
    @Override
    public Scope scope(Demand demand) {
        return demand.need().others().isEmpty() ? Scope.NOTHING : Scope.HOST;
    }

    @Override
    public Optional<Veto> check(Demand demand, Host host) {
        return demand.need().others().entrySet().stream()
                .filter(need -> need.getValue() > host.free(need.getKey()))
                .findFirst()
                .map(need -> lacking(need, host.free(need.getKey())));
    }

    private static Veto lacking(Map.Entry<String, Integer> need, int free) {
        String message = "needs " + need.getValue() + " of " + need.getKey() + ", has " + Math.max(0, free) + " free";
        return new Veto("RESOURCE:" + need.getKey(), message, (long) need.getValue() - free);
    }
}
