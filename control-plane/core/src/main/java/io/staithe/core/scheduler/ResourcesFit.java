package io.staithe.core.scheduler;

import io.staithe.core.model.Resources;
import java.util.Optional;

/** What the task reserves is free: memory, CPU, GPUs. */
final class ResourcesFit implements Rule {
    @Override
    public Scope scope(Demand demand) {
        return Scope.ROOM;
    }

    @Override
    public boolean allows(Demand demand, Host host) {
        Resources need = demand.need();
        return host.freeMemory() >= need.memory() && host.freeCpu() >= need.cpu() && host.freeGpus() >= need.gpus();
    }

    @Override
    public Optional<Veto> check(Demand demand, Host host) {
        Resources need = demand.need();
        if (need.memory() > host.freeMemory())
            return lacking("MEMORY", "MiB of memory", need.memory(), host.freeMemory());
        if (need.cpu() > host.freeCpu()) return lacking("CPU", "CPU units", need.cpu(), host.freeCpu());
        if (need.gpus() > host.freeGpus()) return lacking("GPU", "GPUs", need.gpus(), host.freeGpus());
        return Optional.empty();
    }

    private static Optional<Veto> lacking(String resource, String unit, int need, int free) {
        String message = "needs " + need + " " + unit + ", has " + Math.max(0, free) + " free";
        return Optional.of(new Veto("RESOURCE:" + resource, message, (long) need - free));
    }
}
